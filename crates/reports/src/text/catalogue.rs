//! The words of the pages: `content/locales/{nb,nn,en}.ftl`, built in.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Lang;

/// Name of a message. Written `Key("…")` everywhere, so that a test can hold the code against the three files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key(pub(crate) &'static str);

/// What a message is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Arg<'a> {
    /// Ready text; numbers come formatted.
    Text(&'a str),
    /// Only chooses singular or plural, never shown.
    Plural(i64),
}

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> = LazyLock::new(|| {
    [
        bundle(Lang::Nb, include_str!("../../../../content/locales/nb.ftl")),
        bundle(Lang::Nn, include_str!("../../../../content/locales/nn.ftl")),
        bundle(Lang::En, include_str!("../../../../content/locales/en.ftl")),
    ]
});

thread_local! {
    static SAID: RefCell<[HashMap<&'static str, String>; 3]> = RefCell::default();
}

fn bundle(lang: Lang, source: &str) -> FluentBundle<FluentResource> {
    let tag = lang.tag().parse().expect("nb, nn and en are language tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would end up in PDFs, tables and snapshots; our arguments are numbers and left-to-right names.
    bundle.set_use_isolating(false);
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial); // a test parses all three files strictly
    bundle.add_resource_overriding(resource);
    bundle
}

impl Lang {
    /// A message without arguments. A page says hundreds of them: each is formatted once a thread.
    pub(crate) fn say(self, key: Key) -> String {
        SAID.with_borrow_mut(|said| {
            said[self as usize]
                .entry(key.0)
                .or_insert_with(|| self.fill(key, &[]))
                .clone()
        })
    }

    /// A message with its arguments. A message that is missing shows its key, which the tests forbid.
    pub(crate) fn fill(self, key: Key, args: &[(&'static str, Arg<'_>)]) -> String {
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
