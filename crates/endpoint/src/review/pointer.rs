/// JSON Pointer (RFC 6901) through these members.
pub fn pointer<'a>(members: impl IntoIterator<Item = &'a str>) -> String {
    members
        .into_iter()
        .map(|member| format!("/{}", member.replace('~', "~0").replace('/', "~1")))
        .collect()
}

/// JSON Pointer to a member of the line at this position.
pub fn line_pointer<'a>(line: usize, members: impl IntoIterator<Item = &'a str>) -> String {
    format!("/lines/{line}{}", pointer(members))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_and_tildes_are_escaped() {
        assert_eq!(
            line_pointer(3, ["assignment", "a/b~c"]),
            "/lines/3/assignment/a~1b~0c"
        );
        assert_eq!(pointer([]), "");
    }
}
