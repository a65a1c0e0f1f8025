//! The shipped modules of the e-learning, and how a file of one is read.

use riktig_codes::Day;
use riktig_portal::learning::{BadModule, Module, SHIPPED_FILES, Score, read, shipped, valid_on};

fn right(module: &Module) -> Vec<usize> {
    let questions = module.questions.iter();
    let right = questions.map(|question| question.answers.iter().position(|answer| answer.right));
    right.map(|place| place.expect("one is right")).collect()
}

#[test]
fn every_shipped_module_is_read_under_its_own_name_and_every_line_has_a_source() {
    for (name, text) in SHIPPED_FILES {
        let module = read(text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(format!("{}.toml", module.id), name);
        assert_eq!(module.unsourced, 0, "{name}");
        assert!((4..=6).contains(&module.questions.len()), "{name}");
        let lines: usize = module.sections.iter().map(|it| it.lines.len()).sum();
        assert!(lines >= 8, "{name}");
        let used = |index: usize| {
            let lines = module.sections.iter().flat_map(|it| &it.lines);
            let lines = lines.map(|it| it.source);
            let questions = module.questions.iter().map(|it| it.source);
            lines.chain(questions).any(|it| it == index)
        };
        for (index, source) in module.sources.iter().enumerate() {
            assert!(used(index), "{name}: nothing rests on {}", source.id);
        }
    }
    let files = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/learning");
    let there = std::fs::read_dir(files).expect("a folder").count();
    assert_eq!(there, SHIPPED_FILES.len(), "every file is shipped");
}

#[test]
fn the_right_answers_score_and_a_wrong_one_does_not() {
    for module in shipped() {
        let right = right(module);
        let all = u32::try_from(right.len()).expect("few");
        let whole = module.score(&right).expect("they fit");
        assert_eq!((whole.correct, whole.questions), (all, all));
        assert!(module.is_passed(whole));
        for (number, question) in module.questions.iter().enumerate() {
            for wrong in 0..question.answers.len() {
                let mut chosen = right.clone();
                if chosen[number] == wrong {
                    continue;
                }
                chosen[number] = wrong;
                let score = module.score(&chosen).expect("they fit");
                assert_eq!(score.correct, all - 1, "{} {}", module.id, question.id);
            }
            let mut chosen = right.clone();
            chosen[number] = question.answers.len();
            assert_eq!(module.score(&chosen), None, "there is no such answer");
        }
        assert_eq!(module.score(&right[1..]), None, "one is not answered");
    }
}

#[test]
fn four_of_five_pass_and_three_do_not() {
    let module = &shipped()[0];
    let passed = |correct, questions| module.is_passed(Score { correct, questions });
    assert_eq!(module.pass_percent, 80);
    assert!(passed(4, 5) && !passed(3, 5));
    assert!(passed(5, 6) && !passed(4, 6));
    assert!(!passed(0, 0));
}

#[test]
fn a_module_past_its_validity_is_not_shown() {
    let module = &shipped()[0];
    let [first, last] = module.valid;
    let shown = |day: Day| valid_on(day).any(|it| it.id == module.id);
    assert!(shown(first) && shown(last));
    assert!(!shown(first + -1) && !shown(last + 1));
}

const SMALL: &str = r#"
id = "small"
version = 1
valid_from = 2025-01-01
valid_to = 2025-12-31
minutes = 5
pass_percent = 50
author = { nb = "a", nn = "a", en = "a" }
title = { nb = "a", nn = "a", en = "a" }
lead = { nb = "a", nn = "a", en = "a" }
[[source]]
id = "one"
title = "One"
url = "https://example.org/one"
date = "2024-02-29"
[[section]]
title = { nb = "a", nn = "a", en = "a" }
[[section.line]]
source = "one"
nb = "kept"
nn = "kept"
en = "kept"
[[section.line]]
nb = "left out"
nn = "left out"
en = "left out"
[[question]]
id = "first"
source = "one"
text = { nb = "a", nn = "a", en = "a" }
because = { nb = "a", nn = "a", en = "a" }
answer = [{ right = true, nb = "a", nn = "a", en = "a" }, { nb = "b", nn = "b", en = "b" }]
[[question]]
id = "second"
text = { nb = "a", nn = "a", en = "a" }
because = { nb = "a", nn = "a", en = "a" }
answer = [{ right = true, nb = "a", nn = "a", en = "a" }, { nb = "b", nn = "b", en = "b" }]
"#;

#[test]
fn a_line_or_a_question_without_a_source_is_not_shown() {
    let module = read(SMALL).expect("a module");
    assert_eq!(module.sections[0].lines.len(), 1);
    assert_eq!(module.sections[0].lines[0].words.nb, "kept");
    assert_eq!(module.questions.len(), 1);
    assert_eq!(module.unsourced, 2);
}

#[test]
fn what_cannot_be_is_refused_and_named() {
    for (from, to, said) in [
        ("id = \"small\"", "id = \"Small\"", "Small"),
        ("2025-12-31", "2024-12-31", "valid_to"),
        ("2025-12-31", "2025-12-31T10:00:00", "2025-12-31T10"),
        ("pass_percent = 50", "pass_percent = 0", "pass_percent"),
        ("2024-02-29", "2023-02-29", "source \"one\""),
        (
            "https://example.org/one",
            "http://example.org",
            "source \"one\"",
        ),
        ("source = \"one\"\nnb", "source = \"two\"\nnb", "two"),
        ("nn = \"kept\"", "nn = \"\"", "kept"),
        ("{ nb = \"b\",", "{ right = true, nb = \"b\",", "first"),
        ("id = \"second\"", "id = \"second\"\nsource = \"one\"", ""),
        ("minutes = 5", "minutes = 5\nshuffle = true", ""),
    ] {
        let read = read(&SMALL.replace(from, to));
        match read {
            Err(BadModule::Rule { what, .. }) => assert!(what.contains(said), "{to}: {what}"),
            Err(BadModule::Toml(_)) => assert_eq!(said, "", "{to}"),
            Ok(module) => assert_eq!((said, module.questions.len()), ("", 2), "{to}"),
        }
    }
}
