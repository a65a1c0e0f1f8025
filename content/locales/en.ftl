# The words of the report, English. Same keys in nb.ftl and nn.ftl; the tests watch over that.

## Page and headings
title = Your antibiotic report
title-of = Antibiotic report for { $id }, { $period }
skip = Skip to the content
synthetic = Made-up data. No number here is about real doctors or patients.
synthetic-short = Made-up data
number-hpr = HPR number { $id }
number-practice = Practice { $id }
heading-first = At a glance
heading-charts = All your numbers
heading-more = More numbers
table-more = The rest of your numbers
heading-population = The population where you work
heading-absent = Numbers that cannot be shown for you
heading-source = How the numbers were made
lead = Each number stands next to your own previous year, your colleagues, and a level that the best 25% of doctors reach. Small differences may be chance.
print-page = Page { $page } of { $pages }
and = and
list-patients = { $count } list patients
contacts = { $count } contacts
dispensings = { $count } antibiotic dispensings

## What is compared
you = You
previous = Year before
municipality = Municipality
county = County
country = Country
benchmark = Best 25%
table-who = Who
table-value = Value
table-basis = Based on
table-indicator = Measure
table-by-month = Numbers by month
table-caption = { $name }: the numbers behind the charts
doctors = { $count ->
    [one] { $number } doctor
   *[other] { $number } doctors
  }
deciles-row = The middle eight out of ten doctors
deciles-range = { $low } to { $high }

## Direction, unit, amount
direction-lower = Lower is better
direction-higher = Higher is better
direction-neutral = For information
left-out = Note: { $note }
unit-per-1000 = per 1,000 { $among }
unit-per-100 = per 100 { $among }
unit-per = per { $among }
counts = { $numerator } of { $denominator }
counts-per = { $numerator } { $counted } for { $denominator } { $among }
over-months = over { $months }
months = { $count ->
    [one] { $number } month
   *[other] { $number } months
  }
zero = None of { $denominator }
zero-group = Measured as zero

## When there is no number
state-missing = Not available
state-too-few = Too few
row-too-few = Too few to compare
state-suppressed = Withheld
missing-no-patients = The source has no patients, so this cannot be worked out.
missing-no-contacts = The source has no contacts with diagnoses for the whole period, so this cannot be worked out.
missing-no-practice-lists = List sizes were not delivered.
missing-no-inhabitants = Population figures were not delivered.
missing-no-period = The months are not in the data.
missing-other-setting = Concerns a place of work other than yours.
missing-no-own-list = You had no patient list in the period.
missing-population-only = Describes a population, not a doctor.
missing-prescriber-only = Describes a doctor, not a population.
missing-no-quantities = The source has no quantities, so this cannot be worked out.
missing-other-code-system = The source codes medicines differently from this indicator.
missing-no-waiting = No dispensing says whether its prescription was to wait.
missing-no-prescribed-diagnoses = Not all dispensings carry the diagnosis on the prescription.
missing-nothing-to-count = No such contacts or dispensings in the period.
missing-no-group = No such group is known for you.
suppressed-fewer-than-five = Fewer than five doctors in the group.
suppressed-one-dominates = One doctor has more than half.
suppressed-few-people = Fewer than five people.
suppressed-other-group = Few people, or another group could be worked out from it.
suppressed-few-peers = Fewer than ten doctors to compare.

## What it would take
goal-fewer = { $decisions } fewer { $counted } would have given { $benchmark } or lower, as in the best 25%.
goal-more = { $decisions } more { $counted } would have given { $benchmark } or higher, as in the best 25%.
goal-reached = You are at the level of the best 25% ({ $benchmark }). Keep it up.
goal-own-fewer = { $decisions } fewer { $counted } would have given { $benchmark } or lower, as in the best 25% with patients like yours.
goal-own-more = { $decisions } more { $counted } would have given { $benchmark } or higher, as in the best 25% with patients like yours.
goal-own-reached = You are at the level of the best 25% ({ $benchmark } with patients like yours). Keep it up.
goal-out-of-reach = The level of the best 25% cannot be reached by a whole number of decisions here.
goal-alike = Most doctors have { $benchmark } here, so there is no best 25% to aim for.
goal-neutral = For information. Neither high nor low is best here.
goal-too-few = Too few to say anything about differences.
goal-too-few-shown = Too few to work out a share.
goal-no-benchmark = The level of the best 25% cannot be shown here.
target-foreign = Target in another country, for reference: { $value } ({ $source })
target-national = National target: { $value } ({ $source })

## Charts
chart-previous-window = Before: { $value }
chart-own-window = Now: { $value }
chart-no-own = No value to show for you
chart-no-spread = The spread between doctors cannot be shown
chart-no-spread-short = Not shown
chart-no-trend = The months cannot be shown
chart-key-own = you (open ring: too few to compare)
chart-key-previous = you, the period before
chart-key-municipality = municipality
chart-key-county = county
chart-key-country = country
chart-key-benchmark = the best 25%, hatched: there or better
chart-key-target = target in another country
chart-key-dots = doctors with similar patients (or all), gathered in dots: larger for more
chart-key-spread = eight of ten doctors, a line for each tenth
chart-key-months = each month
strip-title = Where you are
strip-desc = { $name }. { $direction }. { $values }.
trend-title = Over time
trend-desc = { $name }, month by month from { $first } to { $last }. { $values }.
value-of = { $who }: { $value }
value-of-counts = { $who }: { $value } ({ $counts })
decile-values = Eight of ten doctors: { $low } to { $high }

## Expected from own contacts, and the verdict
lead-expected = Each number stands next to what was expected: what doctors in the country would have had with { $basis }.
basis-contacts = your contacts and patients
basis-patients = your patients
table-says = What the number says
crude-summary = The year before and other doctors, regardless of who the patients are
expected = Expected
expected-value = Expected with your patients: { $value } ({ $counts })
expected-counts = Expected with your patients: { $counts }
expected-none = No expected number: { $reason }
expected-not-told = This edition does not tell what was expected from your contacts.
no-expected-no-figure = you have no number of your own here.
no-expected-no-units = you had no such contacts or dispensings.
no-expected-population = it describes a population, not your contacts.
no-expected-amounts = the measure is an amount, not a number of events, so chance has no known size.
no-expected-nothing-in-common = what is counted and what it is counted among have no known traits in common.
no-expected-too-few-in-country = it is too rare in the country.
no-expected-not-comparable = the number cannot be compared with that of others.
ratio = Ratio
ratio-interval = 95% interval { $low } to { $high }
verdict-clearly-better-lower = Clearly lower than expected, and lower is better. Worth keeping up.
verdict-clearly-better-higher = Clearly higher than expected, and higher is better. Worth keeping up.
verdict-probably-better-lower = Probably lower than expected, and lower is better.
verdict-probably-better-higher = Probably higher than expected, and higher is better.
verdict-as-expected = No different from expected as far as can be told: the difference may be chance.
verdict-usual-spread = As expected: the difference is no larger than is usual between doctors with such patients.
verdict-probably-worse-lower = Probably higher than expected, where lower is better.
verdict-probably-worse-higher = Probably lower than expected, where higher is better.
verdict-clearly-worse-lower = Clearly higher than expected, where lower is better. Neither chance nor the usual differences between doctors explain it.
verdict-clearly-worse-higher = Clearly lower than expected, where higher is better. Neither chance nor the usual differences between doctors explain it.
verdict-why-usual-spread = The difference is more than chance, but doctors with such patients differ so much that it may be usual.
verdict-why-many-doctors = Few doctors are this far from expected, but among so many some always will be.
verdict-too-few = Too few to judge.
verdict-few-denominator = Too few to judge: fewer than 30 to go by.
verdict-few-expected = Too few to judge: too few were expected.
verdict-few-doctors = Cannot be judged: too few doctors to compare with.
verdict-few-unreliable = Too uncertain to judge: chance plays too large a part in your number, compared with how much doctors differ here.
verdict-typical = Like most doctors: here the typical doctor, too, is some way from expected.
verdict-not-comparable = Not judged: your work is of a different kind from what this number is meant for.
verdict-duty-work = Not judged: you also do out-of-hours work. Antibiotics prescribed at an unknown place of work are left out, so your number is too low to compare with that of others.
verdict-part-of-period = Not judged: you worked in { $active } of { $months } months and had the list in { $list }. Numbers per list patient cannot then be compared.
verdict-brief-no-expected = No expected number
verdict-brief-too-few = Too few to judge
verdict-brief-uncertain = Too uncertain to judge
verdict-brief-as-expected = As expected
verdict-brief-clearly-lower = Clearly lower
verdict-brief-clearly-higher = Clearly higher
verdict-brief-probably-lower = Probably lower
verdict-brief-probably-higher = Probably higher
heading-expected = Your number and the expected one
expected-lead = Expected is the number that doctors in the whole country would have had with { $basis }, as far as the data know them. A ratio of 1 is exactly as expected.
table-observed = Observed
table-interval = 95% interval
table-verdict = Compared with expected
ratio-title = Compared with expected
ratio-desc = { $name }. Ratio of your number to the expected one: { $ratio }. { $limits } { $verdict }
ratio-limits = Given chance and the usual differences between doctors, 998 of 1,000 lie between { $low } and { $high }.
ratio-half = half
ratio-same = as expected
ratio-double = double
chart-key-limits = usual between doctors: 998 of 1,000 lie here

## More to compare with
similar = Similar patients
course-group = Course group
practice = Practice
whole-country = the whole country
stands-in = in place of { $group }, too small to be shown
stands-in-practice = the practice
stands-in-course-group = the course group
stands-in-similar = doctors with similar patients
stands-in-municipality = the municipality
stands-in-county = the county

## Safety
heading-safety = Is it safe not to prescribe?
safety-lead = What happened in the next { $days } days when you started without an antibiotic, and when you started with one. The numbers show what went together, not what caused it: patients who get antibiotics are often more ill to begin with.
safety-without = Of your { $episodes } cases of { $name } without an antibiotic, { $back } came back for the same ({ $share }; { $country }).
safety-with = Of { $episodes } with an antibiotic, { $back } came back ({ $share }; { $country }).
safety-few-without = Without an antibiotic: { $episodes }, and { $back } came back. Too few for a share.
safety-few-with = With an antibiotic: { $episodes }, and { $back } came back. Too few for a share.
safety-nobody = none
safety-nobody-without = Without an antibiotic: no cases that could be followed.
safety-nobody-with = With an antibiotic: no cases that could be followed.
safety-unknown-without = Without an antibiotic: { $reason }
safety-unknown-with = With an antibiotic: { $reason }
safety-country = country { $share }
safety-country-kept = the country’s number is not shown, to protect individual patients
safety-country-few = the country has too few for a share
safety-country-missing = the country has no number
safety-chance = The difference from the country may be chance.
safety-fewer = Clearly fewer than in the country.
safety-more = Clearly more than in the country; the number does not say why.
safety-admitted = { $count ->
    [0] None was admitted to hospital ({ $country }).
    [one] { $number } was admitted to hospital ({ $country }).
   *[other] { $number } were admitted to hospital ({ $country }).
  }
safety-no-admissions = Admissions to hospital were not delivered, so nobody knows how many were admitted. That does not mean there were none.
safety-none = You had no cases of these infections in the period.
safety-not-told = This edition does not tell what happened after the contacts.
missing-no-admissions = Admissions to hospital were not delivered.
missing-no-expected = Without an expected number there is no level to work out.
missing-days = The days before or after were not delivered.
area-unit-percent = per cent of { $among }
area-missing-nobody = No doctor with a report in the area has such contacts or dispensings in the period.
area-missing-other = Cannot be worked out for an area.

## Advice while you prescribed
heading-advised = Advice while you prescribed
advised-lead = Advice from the guideline that your record system showed you, and what you answered. Choosing otherwise may be right. This stands in your own report only, and no patient is in it.
advised-name = Advice you answered that you took
advised-months = We have numbers for { $months } of { $of } months. Of the others we know nothing.
advised-unnamed = Some advice was shown without the record system telling to whom. It is not counted, but may have been shown to you.
advised-nothing-shown = We know of no advice that was shown to you.
advised-nothing-answered = Advice shown to you: { $shown }. You answered none of it, so we do not know what you chose.
advised-answered = Advice shown to you: { $shown }. You answered { $answered }: you took { $accepted } and chose otherwise at { $overridden }.
advised-share = You took { $share } of the advice you answered (95 % uncertainty: { $low } to { $high }). Advice without an answer is not counted.
advised-few = Too few answers for a share.
advised-reasons = Reasons when you chose otherwise: { $reasons }.
advised-reason = { $reason } ({ $cards })
advised-no-reason = No reason given
advised-rules = You most often chose otherwise at: { $rules }.
advised-rule = { $rule } ({ $overridden } of { $answered } answers)
advised-safety = Safe use
advised-offer = when an antibiotic is an option
advised-wait = a prescription that waits
advised-none = no antibiotic as a rule
advised-test = a test before treatment
advised-refer = admission or referral

## Goal and plan
heading-effort = Where your effort counts most
effort-lead = Where a new habit would change the most decisions. Not necessarily where you stand out most.
effort-none = No measure stands out: there is too little to judge, or you are already at the level. Feel free to choose one.
effort-nothing-judged = None of your numbers can be judged, so no measure stands out. Feel free to choose one.
heading-plan = Your goal and your plan
plan-lead = The suggestions are only a start: rewrite or delete them. What you write here is neither sent nor saved. Print the page to keep it.
plan-lead-paper = The suggestions are only a start. Write your own on the lines.
plan-goal = My goal
plan-then = When this happens, I will do this
plan-again = I will look at it again in (month)
plan-with = I will talk about it with
plan-suggestion = Suggestion: { $text }
plan-goal-fewer = { $name }: { $decisions } fewer { $counted } over an equally long period.
plan-goal-more = { $name }: { $decisions } more { $counted } over an equally long period.
plan-goal-keep = { $name }: keep { $value }.
plan-then-decision = If I doubt that an antibiotic is needed, I explain the usual course and agree on when the patient gets in touch again.
plan-then-choice = If I want to prescribe something other than the guideline's first choice, I look it up first and note why.
plan-then-length = If I prescribe a course, I choose the guideline's length and note why if I depart from it.
plan-then-volume = If somebody asks for an antibiotic without being seen, I first decide whether they should be.
plan-then-record = If I prescribe an antibiotic, I put the diagnosis on the prescription.

## Talk in the group
heading-guide = For discussion in the course group
guide-lead = Three open questions, chosen by the numbers in this report. Nobody needs to show their numbers.
guide-think = Think of “{ $name }”.
guide-decision = When is it hardest not to prescribe, and what has helped you then?
guide-choice = When do you choose something other than the first choice, and what decides it?
guide-length = What makes you choose a longer or shorter course than the guideline says?
guide-volume = What in the working day affects this number most, and what is in your hands?
guide-record = When is the diagnosis left off the prescription, and what would make it easier?
guide-last = What will the group try until next time, and how will you see whether it worked?
guide-notes = What we agreed on

## Sources and reservations
source-period = Period
source-previous = The period before: { $period }.
source-cut = The last dispensing in the data is { $day }.
source-from = Sources: { $sources }.
source-lmr = Norwegian Prescribed Drug Registry
source-kpr = Norwegian Registry for Primary Health Care
source-kuhr = Control and Payment of Health Reimbursements
source-flo = lists of the regular GPs
source-link = Linkage
source-link-text = Of your { $total } rows of antibiotic dispensings, { $contact } are linked to a contact 0–7 days before, { $prescription } have a diagnosis on the prescription, and { $unlinked } are not linked.
source-link-distance = Of the linked, { $same-day } were dispensed on the day of the contact and { $within-three } within three days.
source-link-agreement = With both a diagnosis on the prescription and a contact ({ $compared }), the contact says the same for { $same } and something else for { $other }; then the prescription counts.
source-link-waiting = Of { $told } that say whether to wait, { $waiting } are delayed prescriptions; { $later } were collected on a later day.
source-link-all = In all of the data: { $prescription } with the diagnosis from the prescription, { $contact } from a contact, { $unlinked } not linked.
source-no-link = Without contacts or patients in the source nothing is linked.
source-complete = Completeness
source-complete-text = There are dispensings for { $dispensings } of { $months } months, contacts for { $contacts }.
source-rows = Of { $delivered } rows delivered, { $kept } counted. { $ballast } were other medicines or not for people, { $refused } were refused and { $cancelled } were cancelled.
source-dual = List and out of hours
source-dual-text = { $count ->
    [one] { $number } dispensing without a link is left out of rates per list patient, because you also worked out of hours.
   *[other] { $number } dispensings without a link are left out of rates per list patient, because you also worked out of hours.
  }
source-few = Few cases
source-few-text = Below 10, only counts are shown. Below 30 (for rates: where fewer than 20 could be expected), nothing is compared. Group figures rest on at least five doctors.
source-benchmark = Best 25%
source-benchmark-text = The boundary of the best 25%: a quarter of the country's doctors are there or better. A level to aim for, not a demand.
source-benchmark-own-text = What the best 25% of the country's doctors reach, with chance taken out, worked out for your patients. A level to aim for, not a demand.
source-verdict = Compared with expected
source-verdict-text = Expected is the number that doctors in the whole country would have had with { $basis }, as far as the data know them: diagnosis group, age, sex, place of work, e-consultation and month. “Clearly” is said only where neither chance nor ordinary differences between doctors explain the number.
source-definitions = Definitions
source-edition = Edition { $edition }.
source-explain = How each number was made is told in the portal, on the page “How the numbers were made”.
source-wrong = Something wrong? Absence, a locum or the wrong prescriber can be corrected at the source.
limit-no-patients = The source has no patients: no users, age, sex or link.
limit-no-contacts = The source has no contacts: no diagnoses or place of work.
limit-no-practice-lists = List sizes were not delivered.
limit-no-inhabitants = Population figures were not delivered.
limit-first-week = The month before the period is missing, so the links of the first week are incomplete.
limit-last-week = The month after the period is missing, so contacts of the last week may lack their antibiotic.
limit-contacts-partial = Contacts were delivered for some months of the period only, so what needs them cannot be worked out.
limit-lists-partial = Patient lists were delivered for some months of the period only, so what needs them cannot be worked out.
limit-months-missing = Some months of the period have no dispensings.
limit-no-previous = The period before is missing in whole or in part.

## Roles
role-gp = general practitioner
role-locum = locum
role-out-of-hours = out-of-hours doctor
role-nursing-home = nursing-home doctor
role-hospital = hospital doctor
role-dentist = dentist
role-practice = practice
role-other = doctor

## List of reports
index-title = Antibiotic reports
index-lead = One report per doctor, ordered by number. The order says nothing about practice.
index-count = { $count ->
    [one] { $number } report
   *[other] { $number } reports
  }
index-number = Number
index-role = Role
index-municipality = Municipality
index-report = Report
index-open = Open
index-pdf = PDF
index-caption = The reports of the edition

## Months
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Follow-up after a course
follow-title = Follow-up after a course
follow-of = Follow-up after the course of { $day }: { $whose }
follow-everybody = all who took part
follow-group = course group { $name }
follow-county = { $name } county
follow-own = the doctor with HPR number { $id }
follow-months = { $after } beside the same months a year before, { $before }.
follow-took-part = Took part: { $number }.
follow-not-in-edition = Without a report in this edition, and so not followed: { $ids }.
follow-not-members = Not members on the day of the course, and so not followed: { $ids }.
follow-dual-role = Both a list and out-of-hours work: { $number }. They are left out of numbers per list patient.
follow-others = Had a course in the same two years, and are nobody's comparison: { $number }.
follow-values = { $before } before, { $after } after; { $expected } was to be expected without a course.
follow-effect-lower = { $relative } lower relative to comparable doctors (95% interval { $lower } to { $upper }).
follow-effect-higher = { $relative } higher relative to comparable doctors (95% interval { $lower } to { $upper }).
follow-clear-better = Better, and clearly more than chance.
follow-clear-worse = Worse, and clearly more than chance.
follow-clear = A change, and clearly more than chance.
follow-possible-better = Points to better, but may still be chance.
follow-possible-worse = Points to worse, but may still be chance.
follow-possible = Points to a change, but may still be chance.
follow-not-told = No clear difference from comparable doctors: what there is may be chance.
follow-basis = With the course: { $doctors }. Comparable, without it: { $comparable }.
follow-absent = Months without a contact and without an antibiotic do not count, nor does the same month a year before or after. Left out: { $number }.
follow-few-months = Left out, away or new in more than half of the months: { $number }.
follow-nobody-comparable = Left out, nobody comparable: { $number }.
follow-not-about = Left out, the number is not about their work: { $number }.
follow-kept-few = Kept back: fewer than five doctors.
follow-kept-one = Kept back: one doctor has more than half.
follow-kept-cell = Kept back: few patients, or one doctor's figure could be worked out.
follow-nobody-left = Cannot be told: no course doctor was active in enough months.
follow-few-comparable = Cannot be told: too few comparable doctors without a course (at most { $found } found, at least { $least } needed).
follow-few-events = Cannot be told: too few to tell a change from chance.
follow-none-left = Cannot be told: all or nothing after the course.
follow-no-line = Cannot be told: comparable doctors are too irregular.
follow-how = How: each course doctor is set beside up to twenty doctors of the same kind of work and about the same level before, who had no course in these two years. What those did over the same months is what was to be expected; season, trend and the return from an unusually high or low year are in it. The interval rests on differences between doctors.
follow-table = What was told, by measure
follow-before = Before
follow-after = After
follow-expected = Expected
follow-difference = Relative difference
follow-interval = 95% interval
follow-range = { $lower } to { $upper }
follow-answer = Answer
follow-decides = The difference with its interval decides. The chart shows only the months around their own median: it does not know what was to be expected after an unusual year, and has no interval.
follow-nobody-near = Cannot be told: too few doctors without a course at the same level before (at least { $least } needed).
follow-other-setting = About another place of work.
follow-no-list = No patient list in the period.
follow-untold = What cannot be told
follow-holds-for = { $reason } Holds for: { $names }.
follow-guide-lead = Three open questions, chosen by the answers above. Nobody needs to show their numbers.
run-title = Run chart
run-axis = Month by month, in per cent of comparable doctors
run-course = Course
run-median = Median before: { $median }
run-signal = The months show a shift that chance does not give: { $longest } in a row on one side (at most { $longest-limit } expected), { $crossings } crossings (at least { $crossings-limit } expected).
run-no-signal = The months vary as chance does: { $longest } in a row on one side (at most { $longest-limit } expected), { $crossings } crossings (at least { $crossings-limit } expected).
run-desc = { $name }, { $first } to { $last }. { $told }
follow-without-report = Without a report in this edition, and so not followed: { $number }.
run-meetings = The lines with numbers are meetings 2 and 3.
certificate-title = Course certificate
certificate-doctor = The doctor with HPR number { $value } has completed the course
certificate-meetings = Meetings attended
certificate-meeting = Meeting
certificate-number = Meeting { $value }
certificate-day = Date
certificate-place = Place
certificate-tests = E-learning, tests passed
certificate-test = Module
certificate-passed = Passed
certificate-result = Best result
certificate-right = { $right } of { $questions } right
certificate-fulfilled = All requirements were met on { $value }.
certificate-name = The doctor's name
certificate-own-signature = Date and signature, doctor
certificate-leader-signature = Date and signature, course leader
certificate-rests-on = The certificate rests on the attendance that the course leader has noted, and on the tests that the doctor took in the service. The login tells the HPR number and no name; the name is therefore written by hand.

## The doctors of a group as dots
dots-title = The doctors of the group, one dot each
dots-under = below { $edge }
dots-between = { $low } to { $high }
dots-over = { $edge } or more
dots-spread = { $few } of { $all } doctors are below { $below }. { $many } are at { $above } or more.
dots-few = The dots cannot be shown: fewer than ten of the group have enough to count for the number to be compared.
dots-one-place = The dots cannot be shown: the doctors lie so close together, or are so few, that those at the ends could be recognised.
dots-not-told = { $state }. { $why }

## How one number is made
made-window = { $period }: { $months }
made-drugs = Drugs (ATC)
made-not-drugs = Not these drugs
made-every-antibiotic = all antibiotics
made-aware = AWaRe group
made-route = Given
made-route-oral = by mouth
made-route-parenteral = by injection or infusion
made-route-rectal = rectally
made-route-inhalation = inhaled
made-route-topical = on skin, eye, ear or mucosa
made-diagnoses = Diagnoses
made-not-diagnoses = Not these diagnoses
made-linked = Link
made-linked-after = antibiotic dispensed 0–{ $days } days after the contact
made-linked-diagnosis = the diagnosis is on the prescription, or on a contact 0–{ $days } days before the dispensing
made-linked-prescription = the diagnosis is on the prescription
made-linked-not = without a known diagnosis
made-settings = Place of work
made-setting-unknown = unknown (a dispensing without a link)
made-setting-gp = list practice
made-setting-ooh = out of hours
made-setting-nursing-home = nursing home
made-forms = Contacts
made-form-unknown = unknown form
made-form-consultation = consultation
made-form-e-consultation = e-consultation
made-form-home-visit = home visit
made-form-simple = simple contact
made-people = Patients
made-women = women
made-men = men
made-sex-unknown = unknown sex
made-years = aged { $from }–{ $to }
made-years-not = not aged { $from }–{ $to }
made-course = Course
made-course-known = of known amount, with a daily dose in the guideline
made-course-days = at most { $days } days at the guideline's daily dose, with { $slack }% slack for the pack
made-course-at-most = at most { $limits } (daily doses or units)
made-course-more-than = more than { $limits } (daily doses or units)
made-left-dual-role = Where a doctor has both a list and out-of-hours work, dispensings of unknown place of work are left out.
made-left-unknown-person = Patients of unknown age or sex are left out.
made-left-out-of-hours = Out-of-hours and nursing home work is left out.
made-years-from = aged { $from } or over
made-years-not-from = not aged { $from } or over
