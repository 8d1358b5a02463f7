//! Which facts the board has no use for.

/// Facts that change nothing on the board; most facts are such, and need not be read.
pub(super) fn is_detail(kind: &str) -> bool {
    [
        "field_set",
        "field_cleared",
        "item_ticked",
        "button_pressed",
        "gate_confirmed",
        "task_accepted",
        "task_approved",
        "remark_added",
        "remarks_closed",
        "decision_settled",
        "reminder_sent",
        "task_overdue",
        "task_unaccepted",
        "task_declined",
        "approval_deemed",
        "commented",
        "promise_missed",
        "project_paused",
        "project_resumed",
        "form_sent",
        "form_received",
        "help_asked",
        "expense_booked",
        "gate_overridden",
        "audit_overridden",
        "rules_sent",
        "rules_acknowledged",
        "sales_promised",
        "handoff_accepted",
        "handoff_returned",
        "access_asked",
        "access_received",
        "access_viewed",
        "accesses_purged",
    ]
    .contains(&kind)
}
