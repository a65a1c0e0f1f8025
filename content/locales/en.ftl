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
lead = Each number stands beside your own year before, your colleagues, and a level that the best quarter of doctors reaches. Small differences may be chance.
print-page = Page { $page } of { $pages }
and = and
list-patients = { $count } list patients
contacts = { $count } contacts
dispensings = { $count } antibiotics dispensed

## What is compared
you = You
previous = Year before
municipality = Municipality
county = County
country = Country
benchmark = Best quarter
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
deciles-row = The middle eight of ten doctors
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
missing-other-setting = About another place of work than yours.
missing-no-own-list = You had no patient list in the period.
missing-population-only = Describes a population, not a doctor.
missing-prescriber-only = Describes a doctor, not a population.
missing-no-quantities = The source has no quantities, so this cannot be worked out.
missing-other-code-system = The source codes medicines in another way than this indicator.
missing-nothing-to-count = No such contacts or dispensings in the period.
missing-no-group = No such group is known for you.
suppressed-fewer-than-five = Fewer than five doctors in the group.
suppressed-one-dominates = One doctor has more than half.
suppressed-few-people = Fewer than five people.
suppressed-other-group = Another group could be worked out from it.
suppressed-few-peers = Fewer than ten doctors to compare.

## What it would take
goal-fewer = { $decisions } fewer { $counted } would have given { $benchmark } or lower, as in the best quarter.
goal-more = { $decisions } more { $counted } would have given { $benchmark } or higher, as in the best quarter.
goal-reached = You are at the level of the best quarter ({ $benchmark }). Keep it up.
goal-alike = Most doctors have { $benchmark } here, so there is no best quarter to reach for.
goal-neutral = For information. Neither high nor low is best here.
goal-too-few = Too few to say anything about differences.
goal-too-few-shown = Too few to work out a share.
goal-no-benchmark = The level of the best quarter cannot be shown here.
target-foreign = Target in another country, for reference: { $value } ({ $source })
target-national = National target: { $value } ({ $source })

## Charts
chart-previous-window = Before: { $value }
chart-own-window = Now: { $value }
chart-no-own = No value to show for you
chart-no-spread = The spread between doctors cannot be shown
chart-no-trend = The months cannot be shown
chart-key-own = you (open ring: too few to compare)
chart-key-previous = you, the period before
chart-key-municipality = municipality
chart-key-county = county
chart-key-country = country
chart-key-benchmark = the best quarter, hatched: there or better
chart-key-target = target in another country
chart-key-spread = eight of ten doctors, a line for each tenth
chart-key-months = each month
strip-title = Where you are
strip-desc = { $name }. { $direction }. { $values }.
trend-title = Over time
trend-desc = { $name }, month by month from { $first } to { $last }. { $values }.
value-of = { $who }: { $value }
value-of-counts = { $who }: { $value } ({ $counts })
decile-values = Eight of ten doctors: { $low } to { $high }

## Sources and reservations
source-period = Period
source-previous = The period before: { $period }.
source-cut = The last dispensing in the data is { $day }.
source-from = Sources: { $sources }.
source-lmr = Norwegian Prescribed Drug Registry
source-kpr = Norwegian Registry for Primary Health Care
source-kuhr = Control and Payment of Health Reimbursements
source-flo = register of the regular GP scheme
source-link = Linkage
source-link-text = Of your { $total } antibiotics dispensed, { $contact } are linked to a contact 0–7 days before, { $prescription } have a diagnosis on the prescription, and { $unlinked } are not linked.
source-link-distance = Of the linked, { $same-day } were dispensed on the day of the contact and { $within-three } within three days.
source-link-all = In all of the data { $unlinked } are not linked.
source-no-link = Without contacts or patients in the source nothing is linked.
source-complete = Completeness
source-complete-text = There are dispensings for { $dispensings } of { $months } months, contacts for { $contacts }.
source-rows = Of { $delivered } rows delivered, { $kept } counted. { $ballast } were other medicines or not for people, { $refused } were refused and { $cancelled } were cancelled.
source-dual = List and out of hours
source-dual-text = { $count ->
    [one] { $number } antibiotic without a link is left out of rates per list patient, because you also worked out of hours.
   *[other] { $number } antibiotics without a link are left out of rates per list patient, because you also worked out of hours.
  }
source-few = Few cases
source-few-text = Below 10, only counts are shown. Below 30 (for rates: where fewer than 20 could be expected), nothing is compared. Group figures rest on at least five doctors.
source-benchmark = Best quarter
source-benchmark-text = The boundary of the best quarter: a quarter of the country's doctors are there or better. A level to reach for, not a demand.
source-definitions = Definitions
source-edition = Edition { $edition }.
source-explain = Questions about a number go to those who run the system: { $command }
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
