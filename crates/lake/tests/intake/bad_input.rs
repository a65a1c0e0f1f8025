//! Bad input ends with a sentence that names file, line and remedy, and leaves the lake as it was.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use riktig_lake::delivery::{FileFormat, Kind};
use riktig_lake::intake::{IntakeError, IntakeOptions};

use crate::world::{World, contact, deliver, dispensing, header};

/// A lake with a delivery, so that "unchanged" means something.
fn world() -> World {
    let world = World::new();
    deliver(
        &world.path("before.csv"),
        &header(Kind::Contacts, "kpr", "2024-03"),
        FileFormat::Csv,
        &[contact("1")],
    );
    world.taken(&world.path("before.csv"));
    world
}

/// The error of a file and everything that caused it; the lake must be as before, and the error name the file.
fn refused(world: &World, path: &Path) -> (String, String) {
    let before = fs::read(world.lake_path().join("manifest.json")).expect("a manifest");
    let error = world.take(path).expect_err("refused");
    assert_eq!(
        fs::read(world.lake_path().join("manifest.json")).expect("a manifest"),
        before
    );
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    let name = path
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    assert!(text.contains(&name), "{text}");
    assert!(!error.hint().is_empty(), "{text}");
    (text, error.hint())
}

fn good_csv(world: &World) -> String {
    let path = world.path("good.csv");
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &[dispensing("1"), dispensing("2")],
    );
    fs::read_to_string(path).expect("text")
}

/// Writes the bytes as a delivery and expects its refusal to say all of `words`.
fn expect(bytes: &[u8], words: &[&str]) {
    let world = world();
    let path = world.path("delivery.csv");
    fs::write(&path, bytes).expect("written");
    let (text, hint) = refused(&world, &path);
    let all = format!("{text} | {hint}");
    for word in words {
        assert!(all.contains(word), "`{word}` is not in: {all}");
    }
}

#[test]
fn a_truncated_csv_names_the_line_it_ends_in() {
    let text = good_csv(&World::new());
    expect(
        &text.as_bytes()[..text.len() - 20],
        &["ends inside line 4", "cut off", "fetch the file again"],
    );
}

#[test]
fn a_truncated_parquet_is_refused() {
    let world = world();
    let path = world.path("delivery.parquet");
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Parquet,
        &[dispensing("1")],
    );
    let bytes = fs::read(&path).expect("read");
    for length in [bytes.len() - 1, bytes.len() / 2, 5] {
        fs::write(&path, &bytes[..length]).expect("written");
        let (text, hint) = refused(&world, &path);
        assert!(
            text.contains("as parquet") && hint.contains("cut off"),
            "{text}"
        );
    }
}

#[test]
fn parquet_with_a_flipped_byte_is_refused_or_read_but_never_a_crash() {
    let world = world();
    let path = world.path("delivery.parquet");
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Parquet,
        &[dispensing("1")],
    );
    let bytes = fs::read(&path).expect("read");
    for at in (4..bytes.len()).step_by(41) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x40;
        fs::write(&path, &flipped).expect("written");
        let options = IntakeOptions {
            largest_refused_share: 0.0,
            ..IntakeOptions::default()
        };
        if world.take_with(&path, options).is_ok() {
            return; // The byte was padding or a text that is right with it, too.
        }
    }
}

#[test]
fn other_encodings_are_named_with_line_and_remedy() {
    let text = good_csv(&World::new()).replace("J01CE02", "J01CE0Å");
    let latin1: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("latin-1"))
        .collect();
    expect(&latin1, &["line 3 is not UTF-8", "iconv"]);
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    expect(&utf16, &["UTF-16", "iconv"]);
}

#[test]
fn a_byte_order_mark_is_welcome() {
    let world = world();
    let path = world.path("delivery.csv");
    let text = good_csv(&world);
    fs::write(&path, [b"\xef\xbb\xbf", text.as_bytes()].concat()).expect("written");
    assert_eq!(world.taken(&path).counts.kept, 2);
}

#[test]
fn missing_and_unknown_columns_are_named() {
    let text = good_csv(&World::new());
    expect(
        text.replace(";ddd;", ";dose;").as_bytes(),
        &[
            "at line 2",
            "missing columns: ddd",
            "unknown columns: `dose`",
        ],
    );
    // A file without the line of column names has data there, which an error must not show.
    let headless: String = text
        .lines()
        .enumerate()
        .filter(|(at, _)| *at != 1)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let world = world();
    fs::write(world.path("headless.csv"), headless).expect("written");
    let (error, _) = refused(&world, &world.path("headless.csv"));
    assert!(
        error.contains("missing columns: dispensing_id") && !error.contains("13097248022"),
        "{error}"
    );
}

#[test]
fn swapped_columns_are_refused_with_the_reasons() {
    let text = good_csv(&World::new());
    let swapped = text.replacen(
        "patient_birth_date;patient_sex",
        "patient_sex;patient_birth_date",
        1,
    );
    expect(
        swapped.as_bytes(),
        &[
            "2 of 2 rows are wrong",
            "2 × bad_date",
            "first in line 3",
            "ask the sender",
        ],
    );
}

#[test]
fn dates_in_the_future_and_unknown_codes_are_refused_with_the_reasons() {
    let text = good_csv(&World::new());
    expect(
        text.replace("2024-03-05", "2042-03-05").as_bytes(),
        &["2 × outside_period"],
    );
    expect(
        text.replace("J01CE02", "Q99").as_bytes(),
        &["2 × bad_atc", "ATC level 5"],
    );
}

#[test]
fn an_empty_file_a_lone_preamble_and_no_preamble_are_told_apart() {
    expect(b"", &["is empty", "fetch the file again"]);
    let text = good_csv(&World::new());
    let preamble = text.lines().next().expect("a line");
    expect(
        format!("{preamble}\n").as_bytes(),
        &["at line 2", "column names is missing"],
    );
    expect(
        b"a;b\n1;2\n",
        &[
            "line 1",
            "does not begin with a #riktig preamble",
            "--source",
        ],
    );
    expect(
        text.replace("version=1", "version=9").as_bytes(),
        &["version `9` is not known"],
    );
    expect(
        text.replace("kind=dispensings", "kind=wishes").as_bytes(),
        &["`wishes` is not a kind of delivery"],
    );
}

#[test]
fn a_line_without_end_is_refused_before_it_fills_the_memory() {
    let world = world();
    let path = world.path("long.csv");
    let text = good_csv(&world);
    fs::write(&path, &text).expect("written");
    // One gigabyte in a single line; the file is sparse and costs no disk.
    let file = fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .expect("opened");
    file.set_len(1 << 30).expect("lengthened");
    let (error, _) = refused(&world, &path);
    assert!(
        error.contains("line 5 is longer than 65536 bytes"),
        "{error}"
    );
}

#[test]
fn compressed_files_are_recognised_whatever_they_are_called() {
    expect(
        b"PK\x03\x04\x14\0\0\0\x08\0and so on",
        &["zip archive", "unpack it"],
    );
    expect(
        b"\x1f\x8b\x08\0\0\0\0\0",
        &["compressed with gzip", "unpack it"],
    );
}

#[test]
fn links_folders_and_missing_files_are_refused() {
    let world = world();
    let target = world.path("good.csv");
    good_csv(&world);
    std::os::unix::fs::symlink(&target, world.path("link.csv")).expect("linked");
    assert!(
        refused(&world, &world.path("link.csv"))
            .0
            .contains("a symbolic link, not a file")
    );
    fs::create_dir(world.path("folder.csv")).expect("made");
    assert!(
        refused(&world, &world.path("folder.csv"))
            .0
            .contains("a folder, not a file")
    );
    assert!(
        refused(&world, &world.path("nowhere.csv"))
            .1
            .contains("check the path")
    );
}

#[test]
fn a_file_that_may_not_be_read_is_refused() {
    let world = world();
    good_csv(&world);
    let path = world.path("good.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("changed");
    if fs::File::open(&path).is_ok() {
        println!("skipped: this user may read everything (root)");
        return;
    }
    assert!(refused(&world, &path).1.contains("who may read the file"));
}

#[test]
fn a_lake_that_cannot_be_written_stays_as_it_was() {
    let world = world();
    good_csv(&world);
    // A file stands where the segments of the new month must go: the folder cannot be made.
    let blocked = world.lake_path().join("segments/antibiotics");
    fs::write(&blocked, "").expect("written");
    let before = fs::read(world.lake_path().join("manifest.json")).expect("a manifest");
    let error = world.take(&world.path("good.csv")).expect_err("refused");
    assert!(
        matches!(&error, IntakeError::Store(_))
            && error.to_string().contains("segments/antibiotics"),
        "{error}"
    );
    assert_eq!(
        fs::read(world.lake_path().join("manifest.json")).expect("a manifest"),
        before
    );
    fs::remove_file(blocked).expect("removed");
    world.taken(&world.path("good.csv"));
}

/// A file system of 300 kB; taken away again when dropped.
struct TinyDisk(std::path::PathBuf);

impl TinyDisk {
    fn mount(folder: &Path) -> Option<Self> {
        fs::create_dir_all(folder).expect("made");
        let mut mount = std::process::Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=300k", "tmpfs"])
            .arg(folder);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then(|| TinyDisk(folder.to_owned()))
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _best_effort = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_lake_as_it_was() {
    let world = World::new();
    let Some(_disk) = TinyDisk::mount(&world.lake_path()) else {
        println!("skipped: this user may not mount a small disk");
        return;
    };
    let contacts = header(Kind::Contacts, "kpr", "2024-03");
    deliver(
        &world.path("before.csv"),
        &contacts,
        FileFormat::Csv,
        &[contact("1")],
    );
    world.taken(&world.path("before.csv"));
    let ids: Vec<String> = (0..30_000).map(|number| number.to_string()).collect();
    let rows: Vec<_> = ids.iter().map(|id| dispensing(id)).collect();
    let path = world.path("large.csv");
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    let before = fs::read(world.lake_path().join("manifest.json")).expect("a manifest");
    let error = world.take(&path).expect_err("refused");
    assert!(error.to_string().contains("cannot write"), "{error}");
    assert!(error.hint().contains("free some space"), "{}", error.hint());
    assert_eq!(
        fs::read(world.lake_path().join("manifest.json")).expect("a manifest"),
        before
    );
    world.assert_sound();
}
