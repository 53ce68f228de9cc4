package dev.sluice.server.api.own;

import dev.sluice.engine.shelf.RejectFormat;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.LiveContent;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.RunWishes;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.RejectStore;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.runs.ReplayTrials;
import dev.sluice.server.runs.Request;
import dev.sluice.server.states.RejectList;
import dev.sluice.server.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rejected records. Who may only look sees why and how many; the records themselves are for those who may edit. */
final class RejectRoutes {
    private static final String GROUP = "Rejected records";
    private static final Set<String> STATES = Set.of("open", "superseded", "replayed");
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    /** How many originals are in memory at a time. */
    private static final int AT_ONCE = 50;

    private final Store store;
    private final Connections connections;
    private final Places places;
    private final RunWishes wishes;
    private final ReplayTrials dryRuns;

    RejectRoutes(Features features, Places places) {
        this.store = features.store;
        this.connections = features.connections;
        this.places = places;
        this.wishes = new RunWishes(features, places);
        this.dryRuns = features.work.previews().dryRuns();
    }

    List<Route> routes() {
        return List.of(
                asked(Route.get("/connections/{connectionId}/rejects/groups", "listRejectGroups", GROUP), Access.READ)
                        .gives("RejectGroups")
                        .by(this::groups),
                asked(Route.get("/connections/{connectionId}/rejects", "listRejects", GROUP), Access.READ)
                        .parameter("after", "integer")
                        .parameter("limit", "integer")
                        .gives("Rejects")
                        .by(this::list),
                asked(Route.get("/connections/{connectionId}/rejects/export", "exportRejects", GROUP), Access.EDIT)
                        .gives("lines")
                        .by(this::export),
                Route.get("/connections/{connectionId}/rejects/{rejectId}/record", "getRejectedRecord", GROUP)
                        .needs(Access.EDIT, places.connectionInPath())
                        .gives("RejectedRecord")
                        .by(this::record),
                Route.get("/connections/{connectionId}/rejects/store", "getRejectStore", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .gives("RejectStore")
                        .by(this::store),
                Route.put("/connections/{connectionId}/rejects/store", "putRejectStore", GROUP)
                        .needs(Access.EDIT, places.connectionInPath())
                        .takes("RejectStore")
                        .gives("RejectStore")
                        .by(this::putStore),
                Route.post("/connections/{connectionId}/rejects/dry-run", "dryRunRejects", GROUP)
                        .needs(Access.RUN, places.connectionInPath())
                        .takes("ReplayWish")
                        .gives("ReplayDryRun")
                        .by(this::dryRun),
                Route.post("/connections/{connectionId}/rejects/replay", "replayRejects", GROUP)
                        .needs(Access.RUN, places.connectionInPath())
                        .takes("ReplayWish")
                        .gives("RunBegun")
                        .by(this::replay));
    }

    private Route asked(Route route, Access access) {
        return route.needs(access, places.connectionInPath())
                .parameter("state", "string")
                .parameter("namespace", "string")
                .parameter("stream", "string")
                .parameter("syncId", "integer")
                .parameter("code", "string")
                .parameter("field", "string");
    }

    /** Begins a job that tries them again, and does not wait. */
    private Answer replay(Call call) {
        Request request = request(call);
        return Answer.json(
                JobRoutes.shown(wishes.begin(call.id("connectionId"), JobKind.REPLAY, request.write(), call.caller()))
                        .object());
    }

    private static Request request(Call call) {
        return Request.ofRejects(
                Asked.streams(call),
                call.body().get("code") instanceof String code ? code : null,
                call.body().get("field") instanceof String field ? field : null);
    }

    /** Tries them without writing anything, and waits. */
    private Answer dryRun(Call call) {
        ReplayTrials.DryRun found = dryRuns.of(call.id("connectionId"), request(call));
        return new Shown()
                .with("isWhole", found.isWhole())
                .with(
                        "streams",
                        found.streams().stream().map(RejectRoutes::shown).toList())
                .with(
                        "reasons",
                        found.reasons().stream().map(RejectRoutes::shown).toList())
                .answer();
    }

    private static Map<String, Object> shown(ReplayTrials.Expected stream) {
        return Words.of(stream.stream())
                .with("records", stream.records())
                .with("loaded", stream.loaded())
                .with("rejected", stream.rejected())
                .with("obstacle", Words.of(stream.obstacle()))
                .object();
    }

    private static Map<String, Object> shown(ReplayTrials.Reason reason) {
        return Words.of(reason.stream())
                .with("code", reason.code())
                .with("field", Asked.orNull(reason.field()))
                .with("records", reason.records())
                .with("sample", reason.sample())
                .object();
    }

    private static RejectList.Filter filter(Call call) {
        String state = Asked.orNull(call.parameter("state"));
        if (state != null && !STATES.contains(state)) {
            throw Refusal.badRequest("state has to be open, superseded or replayed");
        }
        long syncId = call.number("syncId", -1);
        return new RejectList.Filter(
                call.id("connectionId"),
                state,
                Asked.stream(call),
                syncId < 0 ? null : (Long) syncId,
                Asked.orNull(call.parameter("code")),
                call.parameter("field"));
    }

    private Answer groups(Call call) {
        RejectList.Filter filter = filter(call);
        List<RejectList.Group> groups = store.read(transaction -> RejectList.groups(transaction, filter));
        return Shown.list(groups.stream()
                .map(group -> Words.of(group.stream())
                        .with("code", group.code())
                        .with("field", Asked.orNull(group.field()))
                        .with("records", group.records())
                        .with("sample", group.sample())
                        .with("firstAt", Words.of(group.firstAt()))
                        .with("lastAt", Words.of(group.lastAt()))
                        .object())
                .toList());
    }

    private Answer list(Call call) {
        RejectList.Filter filter = filter(call);
        int most = Asked.number(call, "limit", USUAL, 1, MOST);
        long after = call.number("after", 0);
        List<RejectList.One> found =
                store.read(transaction -> RejectList.list(transaction, filter, after, most, false));
        return new Shown()
                .with("data", found.stream().map(one -> shown(one).object()).toList())
                .with("next", found.size() == most ? found.getLast().id() : null)
                .answer();
    }

    private static Shown shown(RejectList.One one) {
        RejectList.Why why = one.why();
        return Words.of(one.stream())
                .with("id", one.id())
                .with("syncId", one.syncId())
                .with("state", one.state())
                .with("records", one.records())
                .with("place", Asked.orNull(why.place()))
                .with("code", why.code())
                .with("field", Asked.orNull(why.field()))
                .with("reason", why.reason())
                .with("size", why.size())
                .with("at", Words.of(why.at()));
    }

    /** Where they are put as files besides; an empty object for nowhere. */
    private Answer store(Call call) {
        return store.read(transaction -> shown(RejectStore.of(
                places.connection(transaction, call.id("connectionId")).settings())));
    }

    private Answer putStore(Call call) {
        UUID destinationId = call.idOrNull("destinationId");
        RejectFormat format = RejectFormat.of(Objects.requireNonNullElse(call.text("format"), RejectFormat.CSV.key()))
                .orElseThrow(() -> Refusal.badRequest("format has to be csv or jsonl"));
        return store.compute(transaction -> {
            Connection connection = places.connection(transaction, call.id("connectionId"));
            if (destinationId != null
                    && !places.actor(transaction, ConnectorKind.DESTINATION, destinationId)
                            .workspaceId()
                            .equals(connection.workspaceId())) {
                throw Refusal.notFound("destination", destinationId);
            }
            RejectStore wish = destinationId == null ? null : new RejectStore(destinationId, format);
            connections.replace(
                    transaction, connection.with(connection.name(), RejectStore.in(connection.settings(), wish)));
            return shown(wish);
        });
    }

    private static Answer shown(@Nullable RejectStore wish) {
        Shown shown = new Shown();
        if (wish != null) {
            shown.with("destinationId", wish.destinationId().toString())
                    .with("format", wish.format().key());
        }
        return shown.answer();
    }

    private Answer record(Call call) {
        UUID connectionId = call.id("connectionId");
        String text = Objects.requireNonNull(call.names().get("rejectId"));
        long id = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        RejectList.One one = store.read(transaction -> RejectList.one(transaction, connectionId, id))
                .orElseThrow(() -> Refusal.notFound("rejected record", text));
        return whole(one).answer();
    }

    private Answer export(Call call) {
        RejectList.Filter filter = filter(call);
        LiveContent content = reader -> {
            long after = 0;
            List<RejectList.One> some;
            do {
                long from = after;
                some = store.read(transaction -> RejectList.list(transaction, filter, from, AT_ONCE, true));
                StringBuilder lines = new StringBuilder();
                some.forEach(one -> lines.append(line(one)).append('\n'));
                reader.send(lines.toString());
                after = some.isEmpty() ? after : some.getLast().id();
            } while (some.size() == AT_ONCE);
        };
        return Answer.file("application/x-ndjson", "rejects-" + filter.connectionId() + ".ndjson", content);
    }

    private static String line(RejectList.One one) {
        Map<String, Object> members = whole(one).object();
        return JsonText.write(members);
    }

    /** With what it was, and what was made of it. */
    private static Shown whole(RejectList.One one) {
        Shown shown = shown(one).with("form", one.why().form());
        RejectList.Original original = one.original();
        if (original != null) {
            shown.with(original.isBase64() ? "originalBase64" : "original", original.text())
                    .with("mapped", original.mapped());
        }
        return shown;
    }
}
