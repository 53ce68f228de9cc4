package dev.sluice.server.api.own;

import dev.sluice.server.alerts.Alert;
import dev.sluice.server.alerts.AlertState;
import dev.sluice.server.alerts.Alerts;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is wrong in a workspace, and who looks after it. */
final class AlertRoutes {
    private static final String GROUP = "Alerts";
    private static final String ONE = "/alerts/{alertId}";
    private static final Duration LONGEST_SNOOZE = Duration.ofDays(90);

    private final Store store;
    private final Places places;
    private final Alerts alerts;
    private final Clock clock;

    AlertRoutes(Features features, Places places, Clock clock) {
        this.store = features.store;
        this.places = places;
        this.alerts = new Alerts(clock);
        this.clock = clock;
    }

    List<Route> routes() {
        Route.Place alertInPath = (transaction, call) -> places.workspace(
                transaction,
                places.connection(transaction, alert(transaction, call).connectionId())
                        .workspaceId());
        return List.of(
                Route.get("/workspaces/{workspaceId}/alerts", "listAlerts", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .parameter("state", "string")
                        .paged()
                        .gives("AlertList")
                        .by(this::list),
                Route.get("/workspaces/{workspaceId}/alerts/count", "countAlerts", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("AlertCount")
                        .by(call -> store.read(transaction -> new Shown()
                                .with("open", count(transaction, call, AlertState.OPEN))
                                .with("silenced", count(transaction, call, AlertState.SILENCED))
                                .answer())),
                Route.patch(ONE, "patchAlert", GROUP)
                        .needs(Access.RUN, alertInPath)
                        .takes("AlertEdit")
                        .gives("Alert")
                        .by(this::edit));
    }

    private long count(Transaction transaction, Call call, AlertState state) throws SQLException {
        return alerts.count(transaction, call.workspaceOf().id(), state);
    }

    private Answer list(Call call) {
        String asked = Asked.orNull(call.parameter("state"));
        AlertState state = asked == null ? AlertState.OPEN : Asked.word(asked, "state", AlertState.class);
        List<Alert> found = store.read(
                transaction -> alerts.list(transaction, call.workspaceOf().id(), state, call.page()));
        return Shown.page(call, found, this::shown);
    }

    private Alert alert(Transaction transaction, Call call) throws SQLException {
        UUID id = call.id("alertId");
        return alerts.find(transaction, id).orElseThrow(() -> Refusal.notFound("alert", id));
    }

    private Answer edit(Call call) {
        return store.compute(transaction -> {
            Alert alert = alert(transaction, call);
            if (alert.state(clock.instant()) == AlertState.RESOLVED) {
                throw Refusal.of(
                        409, "state-conflict", "it is right again already, so there is nothing left to look after");
            }
            Map<String, @Nullable Object> wished = call.body();
            if (wished.get("acknowledged") instanceof Boolean acknowledged) {
                if (acknowledged) {
                    alerts.acknowledge(transaction, alert.id(), call.caller().name());
                } else {
                    alerts.forsake(transaction, alert.id());
                }
            }
            if (wished.containsKey("snoozedUntil")) {
                alerts.snooze(transaction, alert.id(), until(wished.get("snoozedUntil")));
            }
            return Answer.json(shown(alert(transaction, call)));
        });
    }

    private @Nullable Instant until(@Nullable Object wished) {
        if (wished == null) {
            return null;
        }
        Instant until;
        try {
            until = OffsetDateTime.parse(wished.toString()).toInstant();
        } catch (DateTimeParseException malformed) {
            throw Refusal.badRequest("snoozedUntil has to be a time such as 2026-01-31T10:15:00Z");
        }
        if (until.isAfter(clock.instant().plus(LONGEST_SNOOZE))) {
            throw Refusal.badRequest(
                    "snoozedUntil may be at most " + LONGEST_SNOOZE.toDays() + " days ahead; acknowledge it instead");
        }
        return until;
    }

    private Map<String, Object> shown(Alert alert) {
        return new Shown()
                .with("alertId", alert.id())
                .with("connectionId", alert.connectionId())
                .with("connectionName", alert.connectionName())
                .with("kind", Words.of(alert.kind()))
                .with("severity", Words.of(alert.kind().severity()))
                .with("state", Words.of(alert.state(clock.instant())))
                .with("jobId", alert.cause().jobId())
                .with("code", alert.cause().code())
                .with("message", alert.cause().message())
                .with("count", alert.cause().count())
                .with("openedAt", Words.of(alert.course().openedAt()))
                .with("lastAt", Words.of(alert.course().lastAt()))
                .with("times", alert.course().times())
                .with("resolvedAt", Words.of(alert.course().resolvedAt()))
                .with("acknowledgedBy", alert.attention().acknowledgedBy())
                .with("acknowledgedAt", Words.of(alert.attention().acknowledgedAt()))
                .with("snoozedUntil", Words.of(alert.attention().snoozedUntil()))
                .object();
    }
}
