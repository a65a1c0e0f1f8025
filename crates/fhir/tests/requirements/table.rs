//! The requirements that a CDS Hooks 2.0 service answers for, each with what proves it.
//!
//! Numbers are those of the requirement list of Inferno's Da Vinci CRD test kit (`cds-hooks_2.0`); the words are ours. A proof is
//! `test NAME`, `portal WHAT` (the transport, which is not in this room), or `not WHY` (it does not apply).

pub(super) const TABLE: &str = "
1|SHALL|what is exchanged is JSON|test what_cannot_be_read_is_told_by_status_and_outcome
2|SHALL|over HTTPS|portal the proxy in front ends TLS (docs/reference/operation.md)
3|SHALL NOT|nothing null or empty but a list of no cards|test no_change_of_a_call_crashes_it_or_breaks_a_rule
4|SHALL|discovery stands at {base}/cds-services|test the_discovery_offers_three_hooks_under_one_id
5|SHALL|and is always there, by GET|test the_discovery_offers_three_hooks_under_one_id
6|SHALL|it answers with an object that holds a list of services|test three_hooks_are_offered_under_one_id_so_that_later_cards_replace_earlier_ones
7|SHALL|a service names its hook|test every_service_says_what_it_is_and_what_it_needs
8|SHOULD|and its title|test every_service_says_what_it_is_and_what_it_needs
9|SHALL|and describes itself|test every_service_says_what_it_is_and_what_it_needs
10|SHALL|and has an id, the end of its address|test every_service_says_what_it_is_and_what_it_needs
11|MAY|it may ask for prefetch|test every_service_says_what_it_is_and_what_it_needs
12|MAY|it may say what using it requires|test every_service_says_what_it_is_and_what_it_needs
13|SHALL|discovery succeeds with 200|test the_discovery_offers_three_hooks_under_one_id
14|MAY|other statuses are allowed|test what_is_not_there_and_what_is_not_served_is_told_as_json
16|SHALL|a service is called at {base}/cds-services/{id}|test an_order_beside_the_first_choice_gets_a_card_with_the_change_to_take
27|SHOULD|it answers within about half a second|portal measured under load (docs/reference/performance.md)
28|MAY|resources may come as prefetch|test a_whole_call_leaves_nothing_unknown_that_it_could_say
29|SHALL|prefetch is registered by templates in discovery|test every_service_says_what_it_is_and_what_it_needs
34|SHOULD|it works from prefetch or from the client's server|test what_was_not_sent_is_planned_to_be_fetched_from_the_named_server_and_from_no_other
35|MAY|templates may refer to the context by tokens|test prefetch_tokens_are_fields_of_every_hooks_context_that_hold_a_text
36|SHALL|each template has a key|test every_service_says_what_it_is_and_what_it_needs
52|SHOULD|prefetch is searched for OperationOutcomes|test only_a_whole_answer_makes_the_allergy_list_one_that_was_looked_at
54|SHALL|412 if needed data is neither sent nor to be fetched|test without_the_patients_own_record_a_judgement_is_refused_and_an_empty_order_is_not
55|SHALL|tokens stand between {{ and }}|test prefetch_tokens_are_fields_of_every_hooks_context_that_hold_a_text
56|SHALL|and hold a path of the context or one of four user ids|test prefetch_tokens_are_fields_of_every_hooks_context_that_hold_a_text
57|SHALL|of the context's root, with a simple value|test prefetch_tokens_are_fields_of_every_hooks_context_that_hold_a_text
58|SHOULD|queries keep to a small part of FHIR's|test prefetch_keeps_to_the_queries_that_every_client_can_do
59|SHALL|a field of the context is written context.name|test prefetch_tokens_are_fields_of_every_hooks_context_that_hold_a_text
60|MAY|more may be read with fhirServer and fhirAuthorization|test what_was_not_sent_is_planned_to_be_fetched_from_the_named_server_and_from_no_other
61|SHALL|each read carries the access token|test what_was_not_sent_is_read_with_the_clients_token
74|SHALL|success is 200 and an object with a list of cards|test nothing_to_say_is_an_empty_list_of_cards
75|SHALL|system actions may stand beside it|not nothing is changed that no doctor has chosen, so none are sent
76|MAY|other statuses are allowed|test a_refusal_is_an_operation_outcome_that_repeats_nothing_of_the_call
77|SHOULD|nothing to say is 200 and no cards|test nothing_to_say_is_an_empty_list_of_cards
78|SHOULD|clients drop the cards of an earlier call of the same id|not the client's; one id makes it possible (211)
80|SHALL|a card's uuid is a text that names it alone|test the_same_call_has_the_same_uuids_and_another_call_others
81|MAY|it may be left out|not it is always sent
82|MAY|it may serve for logs|test the_same_call_has_the_same_uuids_and_another_call_others
83|SHALL|the summary is a text under 140 characters|test the_rules_notice_every_planted_fault
84|MAY|detail may be there|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
85|SHALL|in GitHub Flavored Markdown|test a_clients_text_is_never_in_a_card
87|SHALL|there is an indicator|test the_rules_notice_every_planted_fault
88|SHALL|it is info, warning or critical|test the_rules_notice_every_planted_fault
89|SHALL|clients may sort and colour by it|not the client's
90|SHALL|there is a source|test the_rules_notice_every_planted_fault
92|SHALL|suggestions are a list|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
93|SHALL|suggestions come with selectionBehavior|test the_rules_notice_every_planted_fault
94|MAY|suggestions may be left out|test nothing_to_say_is_an_empty_list_of_cards
95|SHALL|selectionBehavior is at-most-one or any|test the_rules_notice_every_planted_fault
96|SHALL|it is a text|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
98|SHALL|override reasons are a list of codings|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
99|MAY|they may be sent|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
100|SHALL|each has words|test the_rules_notice_every_planted_fault
103|SHALL|links are a list|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
104|MAY|they may be left out|test an_order_that_the_patient_must_not_have_is_critical
105|SHALL|a source has a label|test the_rules_notice_every_planted_fault
106|MAY|which may be the text of its link|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
107|SHALL|its url is absolute|test the_rules_notice_every_planted_fault
108|MAY|and may be left out|test an_order_that_the_patient_must_not_have_is_critical
109|SHOULD NOT|it does not lead to a view of this patient|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
110|SHOULD|such a view is a link of the card|not there is no view of one patient: we keep no patients
111|SHALL|an icon's url is absolute|not no icon is sent
112|SHOULD|an icon has 100 × 100 pixels|not no icon is sent
113|MAY|an icon may be left out|not no icon is sent
115|SHALL|the topic is a coding|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
116|MAY|and may be left out|not it is always sent: the kind of advice
117|SHALL|a suggestion has a label|test the_rules_notice_every_planted_fault
118|MAY|its uuid may be left out|not it is always sent: some clients send no feedback without it
119|SHALL|its uuid is a text|test the_same_call_has_the_same_uuids_and_another_call_others
120|MAY|isRecommended may be left out|test an_order_without_a_reason_offers_reasons_and_recommends_none
121|SHALL|it is yes or no|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
122|MAY|several may be recommended where any may be chosen|not ours are alternatives: at most one
123|MAY|actions may be left out|not every suggestion has one
124|SHALL|actions are a list|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
125|SHALL|all actions of a suggestion go together|test version_3_says_that_actions_belong_together_and_version_2_does_not
127|SHALL|an action is create, update or delete|test the_rules_notice_every_planted_fault
128|SHALL|it is described|test the_rules_notice_every_planted_fault
129|MAY|the description may be shown|not the client's
130|SHALL|its resource is one of FHIR's|test a_suggested_order_keeps_what_we_know_nothing_of_and_mends_what_r4_forbids
131|SHALL|create holds a new resource|test an_opened_record_is_offered_a_new_order
132|SHALL|update holds all of the resource|test a_suggested_order_keeps_what_we_know_nothing_of_and_mends_what_r4_forbids
133|SHALL|delete holds no resource|not nothing is deleted; the rules that cards are held against notice it (the_rules_notice_every_planted_fault)
134|SHALL|delete names the resource's id|not nothing is deleted
135|SHALL|which is a text|not nothing is deleted
136|SHALL|override reasons have words|test the_rules_notice_every_planted_fault
138|SHALL|a link has a label|test the_rules_notice_every_planted_fault
139|SHALL|and a url|test the_rules_notice_every_planted_fault
140|MAY|which may lead deep|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
141|SHALL|and a type|test the_rules_notice_every_planted_fault
142|SHALL|which is absolute or smart|test the_rules_notice_every_planted_fault
144|SHALL|appContext is a text|not no SMART app is launched
145|MAY|and may be left out|not no SMART app is launched
146|SHOULD|and belongs to smart links|test the_rules_notice_every_planted_fault
147|SHALL NOT|and never to absolute ones|test the_rules_notice_every_planted_fault
148|MAY|feedback may be taken|test an_accepted_suggestion_is_read_as_the_sandbox_sends_it
168|SHALL|everything goes over TLS|portal the proxy in front ends TLS (docs/reference/operation.md)
175|MAY|mutual TLS may be used|not signed tokens are used
176|SHALL|clients are known by signed tokens|test every_closed_route_wants_a_token_and_no_open_one_does
177|SHOULD|a call that might expose data is authenticated|test every_closed_route_wants_a_token_and_no_open_one_does
179|MAY|mutual TLS may be used beside tokens|not signed tokens are used
195|SHOULD|issuers and key addresses stand in a list|test a_key_set_that_the_token_itself_names_is_never_asked
199|SHALL|without a key address keys are agreed on beforehand|test a_call_signed_with_the_known_key_is_let_in_once
200|SHOULD|algorithms are those of RFC 7518|test every_algorithm_of_a_key_signs_what_jsonwebtoken_reads_and_the_key_is_held_to_its_algorithm
201|SHALL NOT|none is no algorithm|test a_token_without_a_signature_or_signed_with_the_public_key_is_refused
203|SHALL NOT|nor is a symmetric one|test a_token_without_a_signature_or_signed_with_the_public_key_is_refused
205|SHOULD|ES384 and RS384 are recommended|test another_algorithm_counts_only_where_it_is_configured
206|SHOULD|clients review their choice|not the client's
207|DEPRECATED|services choose by their own tolerance of risk|test another_algorithm_counts_only_where_it_is_configured
208|SHALL|browsers are served by CORS|test a_browser_may_ask_first_and_is_told_without_a_token
210|MAY|a later hook's cards may bring earlier ones up to date|test that_an_order_agrees_is_told_when_it_is_chosen_and_not_when_it_is_signed
211|SHALL|which is meant by several services of one id|test three_hooks_are_offered_under_one_id_so_that_later_cards_replace_earlier_ones
212|SHOULD|clients take the earlier cards away|not the client's
213|SHALL|which hooks safety needs is agreed with the client|test every_service_says_what_it_is_and_what_it_needs
214|SHALL|an extension is an object|not no extension is sent
215|SHOULD|with a name that is unique everywhere|not no extension is sent
216|SHALL|a coding has a code|test the_rules_notice_every_planted_fault
217|SHALL|and a system|test the_rules_notice_every_planted_fault
218|SHALL|the code is a text|test the_rules_notice_every_planted_fault
219|SHALL|and words, where it is an override reason|test the_rules_notice_every_planted_fault
220|SHALL|words that a topic may lack|test an_order_two_days_too_long_gets_a_card_with_the_changed_order
";

/// What 2.0.1 says that the list, made of 2.0, does not; by hand.
pub(super) const DIFFERENCES: &str = "\
2.0.1 is an errata of 2.0: publication was mended, and no demand on a service changed. What clients do that neither says stands below
under \"Read tolerantly\".";
