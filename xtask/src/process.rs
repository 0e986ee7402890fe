//! Running other programs: output into a log, a sign of life, a time limit.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

const POLL: Duration = Duration::from_millis(100);
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
const LINES_SHOWN_ON_FAILURE: usize = 60;

/// Runs `command` to its end with its output in the file `log`.
///
/// A failure, or a run longer than `limit`, is an error that shows the end of the log.
pub fn run(command: &mut Command, log: &Path, limit: Option<Duration>) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(log).with_context(|| format!("writing {}", log.display()))?;
    let shown = describe(command);
    writeln!(file, "$ {shown}")?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("starting `{shown}`"))?;
    match wait(&mut child, log, limit)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("`{shown}` ended with {status}:\n{}", end_of(log)),
        None => bail!("`{shown}` was stopped: it took too long\n{}", end_of(log)),
    }
}

/// Runs `command` with its output on the terminal.
pub fn show(command: &mut Command) -> Result<()> {
    let shown = describe(command);
    let status = command
        .status()
        .with_context(|| format!("starting `{shown}`"))?;
    ensure!(status.success(), "`{shown}` ended with {status}");
    Ok(())
}

/// What `command` prints, trimmed, or nothing if it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The command as a person would type it.
pub fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

fn wait(child: &mut Child, log: &Path, limit: Option<Duration>) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    let mut next_sign = SIGN_OF_LIFE;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        let elapsed = start.elapsed();
        if limit.is_some_and(|limit| elapsed > limit) {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        if elapsed > next_sign {
            println!("          {:>4} s  {}", elapsed.as_secs(), last_line(log));
            next_sign = elapsed + SIGN_OF_LIFE;
        }
        sleep(POLL);
    }
}

fn end_of(log: &Path) -> String {
    let text = tail(log);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LINES_SHOWN_ON_FAILURE);
    format!(
        "{}\n(all of it: {})",
        lines.get(from..).unwrap_or_default().join("\n"),
        log.display()
    )
}

fn last_line(log: &Path) -> String {
    let text = tail(log);
    let line = text.lines().rev().find(|line| !line.trim().is_empty());
    line.unwrap_or_default().trim().chars().take(80).collect()
}

/// The last part of a log, which may still be growing.
fn tail(log: &Path) -> String {
    const LENGTH: u64 = 16 * 1024;
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(LENGTH)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    String::from_utf8_lossy(&read().unwrap_or_default()).into_owned()
}
