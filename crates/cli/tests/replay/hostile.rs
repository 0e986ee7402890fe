//! Lines that nobody would write on purpose: each has an answer, and nothing stops.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::folder;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap_or(0) % end
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const OPS: [&str; 14] = [
    "domains", "set", "set", "set", "clear", "add", "remove", "explain", "repair", "complete",
    "budget", "effects", "count", "nonsense",
];

const PATHS: [&str; 20] = [
    "color[0]",
    "bag",
    "bag[1]",
    "bag[0].size[0]",
    "bag[9].size[0]",
    "bag[99999999999]",
    "weight[0]",
    "weight",
    "volume[0]",
    "bag[3].size[0]",
    "Shop",
    "Express",
    "Invoice",
    "A",
    "B",
    "1",
    "2",
    "",
    "[",
    "ü[0].",
];

const VALUES: [&str; 20] = [
    "\"Red\"",
    "\"Large\"",
    "5",
    "5.0",
    "-1",
    "1e3",
    "1e400",
    "true",
    "false",
    "null",
    "\"yes\"",
    "\"no\"",
    "[]",
    "{}",
    "\"\"",
    "\"9.5\"",
    "99999999999999999999999",
    "\"true\"",
    "2",
    "\"\\u0000\"",
];

fn request(random: &mut Random) -> Vec<u8> {
    let op = random.pick(&OPS);
    let (path, value) = (random.pick(&PATHS), random.pick(&VALUES));
    let mut line = format!("{{\"op\":\"{op}\"");
    if random.below(8) > 0 {
        line.push_str(&format!(",\"attribute\":\"{path}\""));
    }
    if random.below(4) > 0 {
        line.push_str(&format!(",\"value\":{value}"));
    }
    match random.below(8) {
        0 => line.push_str(",\"all\":true,\"limit\":3"),
        1 => line.push_str(",\"limit\":-1"),
        2 => line.push_str(",\"goal\":\"cheapest\",\"amount\":\"5\""),
        3 => line.push_str(&format!(",\"goal\":\"fastest\",\"amount\":{value}")),
        _ => {}
    }
    line.push('}');
    let mut line = line.into_bytes();
    match random.below(10) {
        0 => line.truncate(random.below(line.len())),
        1 => {
            let at = random.below(line.len());
            line[at] = 0xff;
        }
        2 => line.push(b'\r'),
        3 => line.splice(0..0, "\u{feff} ".bytes()).for_each(drop),
        4 => line = format!("{{\"op\":{}", "[".repeat(5_000)).into_bytes(),
        _ => {}
    }
    line
}

#[test]
fn every_line_has_an_answer() {
    let models = [
        "bag.coom",
        "bags.coom",
        "shop.uvl",
        "colours.xml",
        "clauses.cnf",
    ];
    for (seed, model) in (1..).zip(models) {
        let mut random = Random(0x9e37_79b9 + seed);
        let mut input = Vec::new();
        let mut asked = 0;
        for _ in 0..250 {
            let line = request(&mut random);
            let blank = String::from_utf8_lossy(&line)
                .trim_start_matches('\u{feff}')
                .trim()
                .is_empty();
            asked += usize::from(!blank);
            input.extend_from_slice(&line);
            input.push(b'\n');
        }
        // The input may end within a line.
        input.extend_from_slice(b"{\"op\":\"dom");
        let mut child = Command::new(env!("CARGO_BIN_EXE_quotewright"))
            .current_dir(folder())
            .args(["replay", model])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut pipe = child.stdin.take().expect("its input");
        let writer = std::thread::spawn(move || pipe.write_all(&input));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("it was written").expect("all of it");
        assert!(output.status.success(), "{model}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(text.lines().count(), asked + 1, "{model}");
        for line in text.lines() {
            let answer: Value = serde_json::from_str(line).expect("an answer is JSON");
            let has = |key: &str| answer.get(key).is_some();
            let ok = answer.get("ok").and_then(Value::as_bool).expect("ok");
            assert!(has("micros"), "{model}: {line}");
            assert!(ok || has("error") != has("conflict"), "{model}: {line}");
            assert!(!ok || !has("error"), "{model}: {line}");
        }
    }
}
