//! A doctor who was advised at the moment of prescribing, and reads in the report what became of it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use riktig_lake::edition::Edition;
use serde_json::{Value, json};

use crate::riktig::{command, riktig};

const SERVICE: &str = "/cds-services/riktig-antibiotics";
const FEEDBACK: &str = "/cds-services/riktig-antibiotics/feedback";
/// In the last month of the year that the demo's reports are about.
const BEGIN: &str = "2024-12-10T09:00:00Z";
const ICPC2: &str = "urn:oid:2.16.578.1.12.4.1.1.7170";

/// A demo that does not outlive its test.
struct Demo {
    child: Child,
    address: String,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended
        let _ = self.child.wait();
    }
}

impl Demo {
    fn start(folder: &Path) -> Demo {
        let arguments = "demo --dir demo --inhabitants 12000 --port 0 --at";
        let mut child = command(folder, arguments.split(' ').chain([BEGIN]))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut demo = Demo {
            child,
            address: String::new(),
        };
        let told = lines.map_while(Result::ok).find_map(|line| {
            let rest = line.strip_prefix("The portal is at http://")?;
            rest.split(' ').next().map(str::to_owned)
        });
        demo.address = told.expect("the demo tells where it is");
        demo
    }

    /// What a doctor's own system sends, and the body that it gets.
    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or(Value::Null)
    }

    /// Asked to stop, it writes down what it has said before it ends.
    fn stop(mut self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(asked.unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

/// A doctor signs erythromycin for an adult with pneumonia.
fn call(instance: &str, hpr: &str) -> Value {
    let subject = json!({ "reference": "Patient/p1" });
    let bundle = |entries: &[&Value]| {
        let entries: Vec<_> = entries.iter().map(|it| json!({ "resource": it })).collect();
        json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries })
    };
    let pneumonia = json!({ "coding": [{ "system": ICPC2, "code": "R81" }] });
    let active = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    let condition = json!({
        "resourceType": "Condition", "id": "c1", "subject": subject, "code": pneumonia,
        "clinicalStatus": { "coding": [{ "system": active, "code": "active" }] },
    });
    let order = json!({
        "resourceType": "MedicationRequest", "id": "o1", "status": "draft", "intent": "order", "subject": subject,
        "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01FA01" }] },
        "reasonCode": [pneumonia],
    });
    let absent = |finding: &str| {
        json!({
            "resourceType": "Observation", "id": finding.replace('_', "-"), "status": "final", "subject": subject,
            "effectiveDateTime": "2024-12-09", "valueBoolean": false,
            "code": { "coding": [{ "system": "https://riktig.invalid/fhir/CodeSystem/finding", "code": finding }] },
        })
    };
    let identifier = json!([{ "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": hpr }]);
    json!({
        "hook": "order-sign", "hookInstance": instance,
        "context": { "userId": "Practitioner/1", "patientId": "p1", "draftOrders": bundle(&[&order]) },
        "prefetch": {
            "patient": { "resourceType": "Patient", "id": "p1", "birthDate": "1980-05-01", "gender": "male" },
            "prescriber": { "resourceType": "Practitioner", "id": "1", "identifier": identifier },
            "conditions": bundle(&[&condition]),
            "allergies": bundle(&[]),
            "medicationStatements": bundle(&[]),
            "medicationRequests": bundle(&[]),
            "observations": bundle(&[&absent("nursing_home"), &absent("signs_of_viral_cause")]),
            "laboratory": bundle(&[]),
        },
    })
}

/// The doctor takes one card's suggestion, chooses otherwise at the next with a reason, and passes over the third.
fn prescribe(demo: &Demo, hpr: &str) {
    let card = |instance| {
        let answer = demo.post(SERVICE, &call(instance, hpr));
        assert_eq!(
            answer["cards"].as_array().map(Vec::len),
            Some(1),
            "{answer}"
        );
        answer["cards"][0].clone()
    };
    let [taken, declined, _] = ["a", "b", "c"].map(card);
    demo.post(FEEDBACK, &json!({ "feedback": [
        { "card": taken["uuid"], "outcome": "accepted", "outcomeTimestamp": BEGIN,
          "acceptedSuggestions": [{ "id": taken["suggestions"][0]["uuid"] }] },
        { "card": declined["uuid"], "outcome": "overridden", "outcomeTimestamp": BEGIN,
          "overrideReason": { "reason": declined["overrideReasons"][0], "userComment": "Kari Nordmann" } },
    ] }));
}

/// The delivery of the journal, and the country's others without its invented cards, in a new lake and edition.
fn build(folder: &Path) {
    let config = "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1:8080\"\n[editions]\nfolder = \"demo\"\n\
         [journal]\nurl = \"sqlite:demo/journal.db\"\nkeys_file = \"demo/journal.keys\"\n";
    fs::write(folder.join("riktig.toml"), config).unwrap();
    let run = |line: &str| riktig(folder, line.split(' ')).succeeded();
    run("advice --config riktig.toml --months 2024-12..2024-12 --to advice.csv");
    let country = fs::read_dir(folder.join("demo/country")).unwrap();
    for entry in country.map(|it| it.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap();
        if name.starts_with("advice") {
            fs::remove_file(&entry).unwrap();
        }
    }
    run("intake demo/country advice.csv --lake lake");
    run("build --lake lake --period 2024-01..2024-12 --out edition");
}

/// What a report says of advice.
fn told(folder: &Path, hpr: &str) -> Value {
    let line =
        format!("report --edition edition --format json,html --lang en --out . --prescriber {hpr}");
    riktig(folder, line.split(' ')).succeeded();
    let report = fs::read(folder.join(format!("json/{hpr}.json"))).unwrap();
    let mut report: Value = serde_json::from_slice(&report).unwrap();
    report["advised"].take()
}

#[test]
fn what_a_doctor_took_and_declined_stands_in_their_report_and_in_nobody_else_s() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let demo = Demo::start(folder);
    let edition = Edition::open(&folder.join("demo/edition")).unwrap();
    let [doctor, other] = [0, 1].map(|at| edition.prescribers()[at].external_id.clone());
    prescribe(&demo, &doctor);
    demo.stop();
    build(folder);

    let delivery = fs::read_to_string(folder.join("advice.csv")).unwrap();
    let rows: Vec<&str> = delivery.lines().skip(2).collect();
    assert_eq!(rows.len(), 3, "{delivery}");
    assert!(
        rows.iter()
            .all(|row| row.starts_with(&format!("2024-12;{doctor};"))),
        "{delivery}"
    );
    assert!(
        !delivery.contains("Kari") && !delivery.contains("2024-12-10"),
        "{delivery}"
    );

    let own = told(folder, &doctor);
    let counts = ["months", "shown", "accepted", "overridden"].map(|key| own[key].as_u64());
    assert_eq!(counts, [1, 3, 1, 1].map(Some), "{own}");
    assert_eq!(own["reasons"][0]["cards"], 1, "{own}");
    assert!(own["reasons"][0]["code"].is_string(), "{own}");
    let page = fs::read_to_string(folder.join(format!("html/{doctor}.html"))).unwrap();
    assert!(
        page.contains("<h2 id=\"advised\">"),
        "the section is on the page"
    );
    assert_eq!(told(folder, &other)["shown"], 0);
}
