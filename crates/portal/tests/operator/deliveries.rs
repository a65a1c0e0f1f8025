//! Deliveries, from the manifest of a lake.

use std::fs;

use axum::http::StatusCode;

use crate::world::World;

const MANIFEST: &str = r#"{"format":1,"sequence":2,"previous":"","key_fingerprint":null,"patients":0,"patient_files":[],
"dictionaries":{"files":{}},
"deliveries":[
 {"id":"lmr-2025-01","kind":"dispensings","source":"LMR","period":"2025-01","file_name":"a.csv","sha256":"","bytes":1,"corrects":null,
  "replaced_by":null,"data_cut":null,"counts":{"rows":1000,"kept":600,"ballast":390,"refused":8,"cancelled":2},"ballast":{},
  "refused":{"bad_date":{"rows":5,"first_lines":[2]},"bad_atc":{"rows":3,"first_lines":[9]}},"missing":{},"refusals":null},
 {"id":"doctors-2025","kind":"prescribers","source":"HPR","period":null,"file_name":"b.csv","sha256":"","bytes":1,"corrects":null,
  "replaced_by":null,"data_cut":null,"counts":{"rows":10,"kept":10,"ballast":0,"refused":0,"cancelled":0},"ballast":{},
  "refused":{},"missing":{},"refusals":null}],
"segments":[
 {"dataset":"antibiotics","month":"2025-01","delivery":"lmr-2025-01","delivered":{"path":"a","sha256":"","bytes":1,"rows":600},"live":null},
 {"dataset":"antibiotics","month":"2025-03","delivery":"lmr-2025-01","delivered":{"path":"b","sha256":"","bytes":1,"rows":0},"live":null}]}"#;

#[tokio::test]
async fn deliveries_are_told_in_counts_and_a_month_that_was_not_delivered_is_not_zero() {
    let world = World::new().await;
    fs::write(world.folder().join("manifest.json"), MANIFEST).expect("it can be written");
    let operator = world.log_in("operator").await;
    let words = operator.get("/operator/deliveries").await.words();
    for said in [
        "2 leveranser gjelder. Av 1 010 rader som er lest, teller 610 med",
        "lmr-2025-01\nLMR\nUtleveringer\njanuar 2025\n1 000\n600\n390\n8\n2",
        "doctors-2025\nHPR\nForskrivere\n10\n10\n0\n0\n0",
        "januar 2025\n600\nikke levert",
        "februar 2025\nikke levert",
        "mars 2025\n0\nikke levert",
        "lmr-2025-01\nikke en dato\n5",
        "lmr-2025-01\nikke en ATC-kode på nivå 5\n3",
    ] {
        assert!(words.contains(said), "{said:?} is not in\n{words}");
    }
    assert!(!words.contains("april 2025"), "{words}");
    let other = operator.get("/operator/deliveries?year=2023").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let front = operator.get("/operator").await.words();
    assert!(
        front.contains("doctors-2025: Forskrivere (HPR), 10 rader lest"),
        "{front}"
    );
}

#[tokio::test]
async fn a_manifest_that_cannot_be_read_is_told_and_nothing_else_is_lost() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let page = operator.get("/operator/deliveries").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.words()
            .contains("Leveransene kan ikke leses akkurat nå.")
    );
    fs::write(world.folder().join("manifest.json"), "{\"format\":9").expect("written");
    let page = operator.get("/operator/deliveries").await;
    assert!(
        page.words()
            .contains("Leveransene kan ikke leses akkurat nå.")
    );
    assert!(
        operator
            .get("/operator")
            .await
            .words()
            .contains("Det er ikke kjent hva som er levert.")
    );
}
