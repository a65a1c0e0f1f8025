//! The words of the pages: `content/locales/{nb,nn,en}.ftl` for what a report says, `content/locales/portal/` for the portal's
//! pages, all built in.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::{Lang, areas};

/// Name of a message. Written `Key("…")` everywhere, so that a test can hold the code against the files of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub &'static str);

/// What a message is filled with.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// Ready text; numbers come formatted.
    Text(&'a str),
    /// Only chooses singular or plural, never shown.
    Plural(i64),
}

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> =
    LazyLock::new(|| Lang::ALL.map(bundle));

thread_local! {
    static SAID: RefCell<[HashMap<&'static str, String>; 3]> = RefCell::default();
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.tag().parse().expect("nb, nn and en are language tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would end up in PDFs, tables and snapshots; our arguments are numbers and left-to-right names.
    bundle.set_use_isolating(false);
    for words in areas::ALL {
        let source = words[lang as usize].to_owned();
        // A test parses every file strictly.
        let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

impl Lang {
    /// A message without arguments. A page says hundreds of them: each is formatted once a thread.
    #[must_use]
    pub fn say(self, key: Key) -> String {
        SAID.with_borrow_mut(|said| {
            said[self as usize]
                .entry(key.0)
                .or_insert_with(|| self.fill(key, &[]))
                .clone()
        })
    }

    /// A message with its arguments. A message that is missing shows its key, which the tests forbid.
    #[must_use]
    pub fn fill(self, key: Key, args: &[(&'static str, Arg<'_>)]) -> String {
        let bundle = &BUNDLES[self as usize];
        let Some(pattern) = bundle
            .get_message(key.0)
            .and_then(|message| message.value())
        else {
            return key.0.to_owned();
        };
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(*text),
                Arg::Plural(count) => FluentValue::from(*count),
            };
            filled.set(*name, value);
        }
        let mut errors = Vec::new();
        bundle
            .format_pattern(pattern, Some(&filled), &mut errors)
            .into_owned()
    }
}
