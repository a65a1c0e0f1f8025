//! An operator who is handed something broken: a sentence that names file, line and remedy, status 1, a lake unchanged.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use riktig_codes::Day;
use riktig_lake::delivery::FileFormat;
use riktig_testkit::{Dispensing, write_dispensings};
use tempfile::TempDir;

use crate::country::tree;
use crate::riktig::{Run, command, riktig, run};

/// A folder with a lake that has taken in one month, and a place for the file that comes next.
struct Operator {
    folder: TempDir,
}

impl Operator {
    fn new() -> Self {
        let operator = Operator {
            folder: tempfile::tempdir().unwrap(),
        };
        write_month(&operator.path("good.csv"), 1, FileFormat::Csv);
        operator.takes_in("good.csv").succeeded();
        operator
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn takes_in(&self, name: &str) -> Run {
        riktig(self.folder.path(), ["intake", name, "--lake", "lake"])
    }

    /// Every file of the lake with its bytes.
    fn lake(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        tree(&self.path("lake"))
    }

    /// Takes in a file that `spoil` made from a right one, and gives the sentence.
    #[track_caller]
    fn is_told(&self, name: &str, spoil: impl FnOnce(&Path)) -> String {
        let format = if name.ends_with(".parquet") {
            FileFormat::Parquet
        } else {
            FileFormat::Csv
        };
        write_month(&self.path(name), 2, format);
        spoil(&self.path(name));
        self.is_told_by(name, |operator| operator.takes_in(name))
    }

    #[track_caller]
    fn is_told_by(&self, name: &str, intake: impl FnOnce(&Self) -> Run) -> String {
        let before = self.lake();
        let run = intake(self).failed();
        assert!(
            run.stderr.contains(name),
            "the file is not named\n{}",
            run.seen()
        );
        assert!(
            run.stderr.contains("\nhint: "),
            "there is no remedy\n{}",
            run.seen()
        );
        assert!(
            before == self.lake(),
            "the lake was changed\n{}",
            run.seen()
        );
        run.stderr
    }
}

/// Twenty right rows of the given month of 2024.
fn write_month(path: &Path, month: u8, format: FileFormat) {
    let ids: Vec<String> = (0..20).map(|number| format!("{month}-{number}")).collect();
    let items: Vec<Dispensing<'_>> = (0..20_u8)
        .zip(&ids)
        .map(|(number, id)| Dispensing {
            id,
            person: u32::from(number),
            prescriber: 9_001_234,
            day: Day::from_ymd(2024, month, 1 + number).unwrap(),
            atc: "J01CE02",
        })
        .collect();
    let month = Day::from_ymd(2024, month, 1).unwrap().month();
    write_dispensings(path, &format!("lmr-{month}"), month, format, &items).unwrap();
}

/// Replaces text everywhere below the two head lines.
fn replace_in_rows(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    let rows = text.match_indices('\n').nth(1).unwrap().0;
    let spoiled = format!("{}{}", &text[..rows], text[rows..].replace(from, to));
    assert_ne!(text, spoiled, "nothing was spoiled");
    fs::write(path, spoiled).unwrap();
}

fn cut_to(path: &Path, share: f64) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..(bytes.len() as f64 * share) as usize]).unwrap();
}

#[test]
fn a_truncated_parquet_file() {
    let told = Operator::new().is_told("february.parquet", |path| cut_to(path, 0.8));
    assert!(told.contains("cut off"), "{told}");
}

#[test]
fn a_truncated_csv_file() {
    let told = Operator::new().is_told("february.csv", |path| cut_to(path, 0.8));
    assert!(told.contains("line "), "{told}");
}

#[test]
fn a_file_in_another_encoding() {
    let told = Operator::new().is_told("february.csv", |path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(
            path,
            text.replace("human", "menneske\u{1}")
                .bytes()
                .map(|b| if b == 1 { 0xe6 } else { b })
                .collect::<Vec<_>>(),
        )
        .unwrap();
    });
    assert!(told.contains("UTF-8") && told.contains("line 3"), "{told}");
}

#[test]
fn a_file_in_utf_16() {
    let told = Operator::new().is_told("february.csv", |path| {
        let text = fs::read_to_string(path).unwrap();
        let bytes = "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes);
        fs::write(path, bytes.collect::<Vec<u8>>()).unwrap();
    });
    assert!(told.contains("UTF-"), "{told}");
}

#[test]
fn a_byte_order_mark_before_utf_8_is_no_fault() {
    let operator = Operator::new();
    write_month(&operator.path("february.csv"), 2, FileFormat::Csv);
    let text = fs::read_to_string(operator.path("february.csv")).unwrap();
    fs::write(operator.path("february.csv"), format!("\u{feff}{text}")).unwrap();
    operator.takes_in("february.csv").succeeded();
}

#[test]
fn a_missing_column() {
    let told = Operator::new().is_told("february.csv", |path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replacen(";atc;", ";substance;", 1)).unwrap();
    });
    assert!(told.contains("line 2") && told.contains("atc"), "{told}");
}

#[test]
fn swapped_columns() {
    let told = Operator::new().is_told("february.csv", |path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replacen(";atc;route;", ";route;atc;", 1)).unwrap();
    });
    assert!(told.contains("line 3"), "{told}");
}

#[test]
fn columns_in_another_order_are_no_fault() {
    let operator = Operator::new();
    write_month(&operator.path("february.csv"), 2, FileFormat::Csv);
    let text = fs::read_to_string(operator.path("february.csv")).unwrap();
    let swapped = text
        .replacen(";atc;route;", ";route;atc;", 1)
        .replace(";J01CE02;oral;", ";oral;J01CE02;");
    fs::write(operator.path("february.csv"), swapped).unwrap();
    operator.takes_in("february.csv").succeeded();
}

#[test]
fn dates_in_the_future() {
    let told = Operator::new().is_told("february.csv", |path| {
        replace_in_rows(path, "2024-02", "2094-02")
    });
    assert!(told.contains("line 3"), "{told}");
}

#[test]
fn unknown_codes() {
    let told = Operator::new().is_told("february.csv", |path| {
        replace_in_rows(path, "J01CE02", "X99ZZ99")
    });
    assert!(told.contains("line 3") && told.contains("ATC"), "{told}");
}

#[test]
fn an_empty_file() {
    Operator::new().is_told("february.csv", |path| fs::write(path, "").unwrap());
}

#[test]
fn a_gigabyte_in_one_line() {
    let told = Operator::new().is_told("february.csv", |path| {
        // A hole in the file: a gigabyte to whoever reads it, nothing on the disk.
        let file = File::options().append(true).open(path).unwrap();
        file.set_len(1 << 30).unwrap();
    });
    assert!(told.contains("line "), "{told}");
}

#[test]
fn an_archive_under_a_harmless_name() {
    let told = Operator::new().is_told("february.csv", |path| {
        let mut file = File::create(path).unwrap();
        file.write_all(b"PK\x03\x04\x14\x00\x00\x00\x08\x00")
            .unwrap();
        file.write_all(&[0; 4096]).unwrap();
    });
    assert!(told.contains("zip"), "{told}");
}

#[test]
fn a_symbolic_link() {
    let told = Operator::new().is_told("february.csv", |path| {
        let real = path.with_file_name("elsewhere.csv");
        fs::rename(path, &real).unwrap();
        symlink(real, path).unwrap();
    });
    assert!(told.contains("link"), "{told}");
}

#[test]
fn a_file_that_is_not_there() {
    Operator::new().is_told("february.csv", |path| fs::remove_file(path).unwrap());
}

/// A file-size limit stands in for a full disk: the kernel refuses the write in the same place.
#[test]
fn no_room_on_the_disk() {
    let operator = Operator::new();
    write_month(&operator.path("february.csv"), 2, FileFormat::Csv);
    let before = operator.lake();
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" intake february.csv --lake lake";
    let mut shell = Command::new("bash");
    shell
        .args(["-c", script, env!("CARGO_BIN_EXE_riktig")])
        .current_dir(operator.folder.path());
    let run = run(&mut shell).failed();
    assert!(run.stderr.contains("lake"), "{}", run.seen());
    assert!(run.stderr.contains("hint: "), "{}", run.seen());
    assert_eq!(
        before.get(Path::new("manifest.json")),
        operator.lake().get(Path::new("manifest.json"))
    );
}

#[test]
fn no_permission_to_read() {
    let operator = Operator::new();
    write_month(&operator.path("february.csv"), 2, FileFormat::Csv);
    fs::set_permissions(
        operator.path("february.csv"),
        fs::Permissions::from_mode(0o000),
    )
    .unwrap();
    let told = operator.is_told_by("february.csv", |operator| {
        if fs::File::open(operator.path("february.csv")).is_err() {
            return operator.takes_in("february.csv");
        }
        as_nobody(operator)
    });
    assert!(
        told.contains("permission") || told.contains("Permission"),
        "{told}"
    );
}

/// Root may read everything, so the intake runs as somebody else, with a copy of the binary that everybody may run.
fn as_nobody(operator: &Operator) -> Run {
    const NOBODY: u32 = 65_534;
    let binary = operator.path("riktig");
    fs::copy(env!("CARGO_BIN_EXE_riktig"), &binary).unwrap();
    fs::set_permissions(operator.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for path in [
        operator.folder.path(),
        &operator.path("lake.key"),
        &operator.path("lake"),
    ] {
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    // The lake's folders are private, too.
    for path in operator.lake().keys().flat_map(|path| path.ancestors()) {
        chown(operator.path("lake").join(path), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let mut intake = Command::new(binary);
    intake
        .args(["intake", "february.csv", "--lake", "lake"])
        .current_dir(operator.folder.path());
    run(intake.uid(NOBODY).gid(NOBODY))
}

#[test]
fn a_right_file_after_a_broken_one_is_taken_in_as_if_nothing_had_been() {
    let operator = Operator::new();
    operator.is_told("february.csv", |path| fs::write(path, "").unwrap());
    write_month(&operator.path("february.csv"), 2, FileFormat::Csv);
    operator.takes_in("february.csv").succeeded();
    run(&mut command(operator.folder.path(), ["verify", "lake"])).succeeded();
}
