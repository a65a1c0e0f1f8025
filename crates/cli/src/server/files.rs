//! From the path of a request to a file below the served folder, or nothing.

use std::path::{Path, PathBuf};

/// Finds the file. A folder stands for its `index.html`.
///
/// Nothing outside the folder is ever found: steps up, hidden names and links that lead out are all "not there".
pub(crate) fn find(folder: &Path, encoded: &str) -> Option<PathBuf> {
    let path = decode(encoded)?;
    let mut file = folder.to_path_buf();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        if step.starts_with('.') || step.contains(['\\', '\0', ':']) {
            return None;
        }
        file.push(step);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    let real = file.canonicalize().ok()?;
    (real.starts_with(folder) && real.is_file()).then_some(real)
}

/// Undoes percent-encoding; `None` where it is broken or not UTF-8.
fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        if byte == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_below_the_folder_are_found() {
        let outside = tempfile::tempdir().unwrap();
        let folder = outside.path().canonicalize().unwrap().join("www");
        std::fs::create_dir_all(folder.join("a b")).unwrap();
        std::fs::write(outside.path().join("secret"), "").unwrap();
        std::fs::write(folder.join(".hidden"), "").unwrap();
        std::fs::write(folder.join("a b/index.html"), "").unwrap();
        std::os::unix::fs::symlink("../secret", folder.join("link")).unwrap();

        assert_eq!(
            find(&folder, "/a%20b/"),
            Some(folder.join("a b/index.html"))
        );
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/a b/..%2f../secret",
            "/link",
            "/.hidden",
            "/%00",
            "/%zz",
            "/",
        ] {
            assert_eq!(find(&folder, path), None, "{path}");
        }
    }
}
