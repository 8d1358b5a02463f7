//! The copy of the shipped files inside the binary.

/// Path and text of every shipped file.
pub(crate) const SHIPPED: &[(&str, &str)] = &[
    ("agency.yaml", include_str!("../agency.yaml")),
    ("campaign.yaml", include_str!("../campaign.yaml")),
    ("forms/campaign-brief.yaml", include_str!("../forms/campaign-brief.yaml")),
    ("forms/ppc-brief.yaml", include_str!("../forms/ppc-brief.yaml")),
    ("forms/seo-brief.yaml", include_str!("../forms/seo-brief.yaml")),
    ("forms/smm-brief.yaml", include_str!("../forms/smm-brief.yaml")),
    ("forms/website-brief.yaml", include_str!("../forms/website-brief.yaml")),
    ("messages/bg.ftl", include_str!("../messages/bg.ftl")),
    ("messages/en.ftl", include_str!("../messages/en.ftl")),
    ("messages/uk.ftl", include_str!("../messages/uk.ftl")),
    ("messages/vi.ftl", include_str!("../messages/vi.ftl")),
    ("ppc.yaml", include_str!("../ppc.yaml")),
    ("reference.yaml", include_str!("../reference.yaml")),
    ("schema/agency.schema.json", include_str!("../schema/agency.schema.json")),
    ("schema/agency.schema.uk.json", include_str!("../schema/agency.schema.uk.json")),
    ("schema/form.schema.json", include_str!("../schema/form.schema.json")),
    ("schema/form.schema.uk.json", include_str!("../schema/form.schema.uk.json")),
    ("schema/workflow.schema.json", include_str!("../schema/workflow.schema.json")),
    ("schema/workflow.schema.uk.json", include_str!("../schema/workflow.schema.uk.json")),
    ("seo.yaml", include_str!("../seo.yaml")),
    ("smm.yaml", include_str!("../smm.yaml")),
    ("website.yaml", include_str!("../website.yaml")),
];
