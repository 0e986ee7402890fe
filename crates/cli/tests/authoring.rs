//! Starting a catalog, and seeing it while it is written.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value as Json;

fn quotewright() -> Command {
    Command::new(env!("CARGO_BIN_EXE_quotewright"))
}

fn init(folder: &Path) -> std::process::Output {
    quotewright().arg("init").arg(folder).output().unwrap()
}

#[test]
fn a_catalog_that_was_started_has_nothing_wrong_and_is_never_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("benches");
    assert!(init(&folder).status.success());
    let checked = quotewright().arg("check").arg(&folder).output().unwrap();
    let told = String::from_utf8(checked.stdout).unwrap();
    assert!(
        told.starts_with("nothing wrong: catalog `benches`"),
        "{told}"
    );
    let again = init(&folder);
    assert!(!again.status.success());
    let told = String::from_utf8(again.stderr).unwrap();
    assert!(told.contains("holds files already"), "{told}");
}

/// The command with an app of one page, ended with the test.
struct Dev {
    child: Child,
    address: String,
}

impl Dev {
    fn start(place: &Path, folder: &Path) -> Self {
        let app = place.join("app");
        fs::create_dir(&app).unwrap();
        fs::write(app.join("index.html"), "<head><title>app</title></head>").unwrap();
        let mut child = quotewright()
            .arg("dev")
            .arg(folder)
            .arg("--app")
            .arg(&app)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut addresses = lines.map_while(Result::ok).filter_map(|line| {
            let (_, address) = line.split_once("http://")?;
            Some(address.split('/').next()?.to_owned())
        });
        let address = addresses.next().unwrap();
        // So that the command never waits for somebody to read what it says.
        std::thread::spawn(move || addresses.count());
        Self { child, address }
    }

    async fn get(&self, path: &str) -> Option<String> {
        let answer = reqwest::get(format!("http://{}{path}", self.address)).await;
        answer.ok()?.error_for_status().ok()?.text().await.ok()
    }

    /// What pages are told, once it is as wanted.
    async fn state(&self, wanted: impl Fn(&Json) -> bool) -> Json {
        for _ in 0..200 {
            let text = self.get("/preview.json").await.unwrap_or_default();
            if let Ok(state) = serde_json::from_str::<Json>(&text)
                && wanted(&state)
            {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the state that was waited for did not come");
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn pages_are_told_of_changes_and_of_mistakes() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("benches");
    assert!(init(&folder).status.success());
    let dev = Dev::start(place.path(), &folder);
    let first = dev.state(|it| it["edition"] == 1).await;
    assert_eq!(first["report"], "");
    let page = dev.get("/").await.unwrap();
    assert!(page.contains("/preview.js"), "{page}");

    let rules = folder.join("rules.csv");
    let good = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, good.replace("castors,width", "castors,wdith")).unwrap();
    let wrong = dev.state(|it| it["version"] == 2).await;
    assert_eq!(wrong["edition"], 1);
    let report = wrong["report"].as_str().unwrap();
    assert!(
        report.contains("rules.csv:3") && report.contains("wdith"),
        "{report}"
    );
    assert!(
        dev.get("/api/catalogs/benches").await.is_some(),
        "the state before is served"
    );

    fs::write(&rules, good.replace("2000", "1800")).unwrap();
    let mended = dev.state(|it| it["edition"] == 2).await;
    assert_eq!(mended["report"], "");
}
