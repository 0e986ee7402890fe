use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// `sha256-...` (CSP level 3) of every inline script of a page that the app was
/// built with: Trunk starts the app by one, whose text changes with every build.
pub fn inline_script_hashes(page: &[u8]) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let mut hashes = Vec::new();
    let mut rest = page.as_ref();
    while let Some((attributes, text, after)) = next_script(rest) {
        if !attributes.contains("src=") && !text.trim().is_empty() {
            hashes.push(format!("sha256-{}", STANDARD.encode(Sha256::digest(text))));
        }
        rest = after;
    }
    hashes
}

/// Attributes and text of the next script element, and what follows it.
fn next_script(html: &str) -> Option<(&str, &str, &str)> {
    let (_, from) = html.split_once("<script")?;
    let (attributes, from) = from.split_once('>')?;
    let (text, after) = from.split_once("</script>")?;
    Some((attributes, text, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_alone_are_hashed() {
        let page = b"<script src=\"/a.js\"></script><script type=\"module\">let a = 1;</script><p>";
        // printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
        let expected = "sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck=";
        assert_eq!(inline_script_hashes(page), [expected]);
        assert!(inline_script_hashes(b"<script>never closed").is_empty());
    }
}
