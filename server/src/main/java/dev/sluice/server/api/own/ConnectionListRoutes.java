package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionFilter;
import dev.sluice.server.connections.ConnectionList;
import dev.sluice.server.connections.ConnectionOrder;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.connections.ListedRuns;
import dev.sluice.server.connections.ShownStatus;
import dev.sluice.server.states.RejectList;
import dev.sluice.server.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The connections of a workspace as a list shows them: found by words, tags, sides and status, and how many there are. */
final class ConnectionListRoutes {
    private static final String GROUP = "Connection details";

    private final Features features;
    private final Places places;

    ConnectionListRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                asked(Route.get("/workspaces/{workspaceId}/connections", "searchConnections", GROUP))
                        .parameter("status", "string")
                        .parameter("orderBy", "string")
                        .paged()
                        .gives("ConnectionList")
                        .by(this::list),
                asked(Route.get("/workspaces/{workspaceId}/connections/counts", "countConnections", GROUP))
                        .gives("ConnectionCounts")
                        .by(this::count));
    }

    private Route asked(Route route) {
        return route.needs(Access.READ, places.workspaceInPath())
                .parameter("text", "string")
                .parameter("tagIds", "uuids")
                .parameter("actorIds", "uuids");
    }

    private static ConnectionFilter filter(Call call, @Nullable ShownStatus status) {
        String text = call.parameter("text");
        return new ConnectionFilter(
                List.of(call.workspaceOf().id()),
                ids(call, "tagIds"),
                ids(call, "actorIds"),
                text == null || text.isBlank() ? null : text.strip(),
                status,
                false);
    }

    private static List<UUID> ids(Call call, String name) {
        return Objects.requireNonNullElse(call.ids(name), List.of());
    }

    private Answer list(Call call) {
        ConnectionFilter filter = filter(call, word(call, "status", ShownStatus.class));
        ConnectionOrder order =
                Objects.requireNonNullElse(word(call, "orderBy", ConnectionOrder.class), ConnectionOrder.CREATED);
        List<ListedConnection> found =
                features.store.read(transaction -> ConnectionList.list(transaction, filter, order, call.page()));
        List<UUID> rejecting = found.stream()
                .filter(listed -> {
                    ListedRuns.Last last = listed.runs().last();
                    return last != null && Objects.requireNonNullElse(last.rejected(), 0L) > 0;
                })
                .map(listed -> listed.connection().id())
                .toList();
        Set<UUID> open = features.store.read(transaction -> RejectList.open(transaction, rejecting));
        return Shown.page(
                call,
                found,
                listed -> shown(listed, open.contains(listed.connection().id())));
    }

    private static <E extends Enum<E>> @Nullable E word(Call call, String name, Class<E> known) {
        String word = Asked.orNull(call.parameter(name));
        return word == null ? null : Asked.word(word, name, known);
    }

    private Answer count(Call call) {
        Map<ShownStatus, Long> counts =
                features.store.read(transaction -> ConnectionList.count(transaction, filter(call, null)));
        Map<String, Object> byStatus = new LinkedHashMap<>();
        long all = 0;
        for (ShownStatus status : ShownStatus.values()) {
            long number = counts.getOrDefault(status, 0L);
            byStatus.put(status.name().toLowerCase(Locale.ROOT), number);
            all += number;
        }
        return new Shown().with("all", all).with("byStatus", byStatus).answer();
    }

    /** What the last run left behind counts as long as some of it is to be tried again: after that, all of it arrived. */
    private static Map<String, Object> shown(ListedConnection listed, boolean isMissing) {
        Connection connection = listed.connection();
        ListedRuns runs = listed.runs();
        ListedRuns.Last last = runs.last();
        return new Shown()
                .with("connectionId", connection.id())
                .with("name", connection.name())
                .with("status", Words.of(listed.status()))
                .with("standing", Words.of(connection.standing().status()))
                .with("breakingChange", connection.standing().breakingChange())
                .with("sourceId", connection.ends().sourceId())
                .with("sourceName", listed.sourceName())
                .with("destinationId", connection.ends().destinationId())
                .with("destinationName", listed.destinationName())
                .with("schedule", Words.of(connection.settings().schedule()))
                .with("openJobId", runs.openJobId())
                .with("lastJobId", last == null ? null : last.jobId())
                .with("lastSyncAt", last == null ? null : Words.of(last.at()))
                .with("lastRecords", last == null ? null : last.records())
                .with("lastRejected", missing(last, isMissing))
                .with("lastSuccessAt", Words.of(runs.lastSuccessAt()))
                .with("failedInRow", runs.failedInRow())
                .with("nextRunAt", Words.of(runs.nextAt()))
                .with("createdAt", Words.of(connection.life().createdAt()))
                .with("tags", listed.tags().stream().map(Tag::name).toList())
                .object();
    }

    private static @Nullable Long missing(ListedRuns.@Nullable Last last, boolean isMissing) {
        if (last == null || last.rejected() == null || isMissing) {
            return last == null ? null : last.rejected();
        }
        return 0L;
    }
}
