package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.ConnectionStatus;
import dev.sluice.server.jobs.ConnectionSummary;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.StreamStanding;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.timeline.EventFilter;
import dev.sluice.server.timeline.EventKind;
import dev.sluice.server.timeline.Timeline;
import dev.sluice.server.timeline.TimelineEvent;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a connection and its streams are, and what happened with it. */
final class ConnectionRoutes {
    private static final String GROUP = "Connection details";

    private final Features features;
    private final Places places;
    private final Jobs jobs;
    private final Timeline timeline;

    ConnectionRoutes(Features features, Places places, Clock clock) {
        this.features = features;
        this.places = places;
        this.jobs = features.work.jobs();
        this.timeline = new Timeline(clock);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connections/{connectionId}/status", "getConnectionStatus", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .gives("ConnectionStatus")
                        .by(call -> features.store.read(transaction -> status(transaction, call))),
                Route.get("/connections/{connectionId}/timeline", "listTimeline", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .parameter("types", "string")
                        .parameter("eventId", "uuid")
                        .parameter("jobId", "integer")
                        .parameter("createdAtStart", "string")
                        .parameter("createdAtEnd", "string")
                        .paged()
                        .gives("TimelineEvents")
                        .by(this::timeline));
    }

    private Answer timeline(Call call) {
        String eventId = call.parameter("eventId");
        long jobId = call.number("jobId", -1);
        EventFilter filter = new EventFilter(
                call.id("connectionId"),
                Asked.words(call, "types", EventKind.class),
                eventId == null ? null : Call.uuid("eventId", eventId),
                jobId < 0 ? null : (Long) jobId,
                Asked.time(call, "createdAtStart"),
                Asked.time(call, "createdAtEnd"));
        List<TimelineEvent> found = features.store.read(transaction -> timeline.list(transaction, filter, call.page()));
        return Shown.page(call, found, ConnectionRoutes::shown);
    }

    private static Map<String, Object> shown(TimelineEvent event) {
        return new Shown()
                .with("eventId", event.id())
                .with("connectionId", event.connectionId())
                .with("eventType", event.kind().name())
                .with("jobId", event.jobId())
                .with("user", event.author() == null ? null : event.author().name())
                .with("userId", event.author() == null ? null : event.author().accountId())
                .with("summary", JsonText.object(event.summary().text()))
                .with("createdAt", Words.of(event.at()))
                .object();
    }

    private Answer status(Transaction transaction, Call call) throws SQLException {
        UUID id = call.id("connectionId");
        Connection connection = places.connection(transaction, id);
        Shown answer = new Shown()
                .with("connectionId", id)
                .with("status", Words.of(ConnectionStatus.of(transaction, id, connection.standing())))
                .with("standing", Words.of(connection.standing().status()))
                .with("standingReason", connection.standing().reason())
                .with("breakingChange", connection.standing().breakingChange());
        Map<StreamId, StreamStanding.Running> running = new HashMap<>();
        ConnectionSummary summary = Jobs.summary(transaction, id).orElse(null);
        if (summary != null) {
            answer.with("openJobId", summary.openJobId())
                    .with("lastJobId", summary.lastJobId())
                    .with("lastSyncAt", Words.of(summary.lastJobAt()))
                    .with("lastSuccessAt", Words.of(summary.lastSuccessAt()))
                    .with("failedInRow", summary.failedInRow())
                    .with("warnedAt", Words.of(summary.warnedAt()))
                    .with("nextRunAt", Words.of(summary.nextRunAt()));
            running.putAll(running(transaction, summary.openJobId()));
        }
        return answer.with("streams", streams(transaction, id, running)).answer();
    }

    private Map<StreamId, StreamStanding.Running> running(Transaction transaction, @Nullable Long jobId)
            throws SQLException {
        Map<StreamId, StreamStanding.Running> running = new HashMap<>();
        Job job = jobId == null ? null : jobs.find(transaction, jobId).orElse(null);
        if (job != null) {
            int attempts = jobs.attempts(transaction, job.id()).size();
            for (AttemptStream stream : jobs.streams(transaction, job.id(), Math.max(0, attempts - 1))) {
                running.put(
                        stream.stream(),
                        new StreamStanding.Running(
                                job.wish().kind(),
                                stream.counts().read(),
                                stream.status().isEnd()));
            }
        }
        return running;
    }

    private List<Map<String, Object>> streams(
            Transaction transaction, UUID id, Map<StreamId, StreamStanding.Running> running) throws SQLException {
        Map<StreamId, StreamStanding> standings = new HashMap<>();
        StreamStanding.of(transaction, id).forEach(standing -> standings.put(standing.stream(), standing));
        Set<StreamId> broken = SchemaChanges.breaking(transaction, id);
        List<Map<String, Object>> streams = new ArrayList<>();
        for (ConnectionStream stream : features.connections.streams(transaction, id)) {
            if (stream.selected()) {
                StreamStanding standing = standings.get(stream.stream());
                StreamStanding.Running now = running.get(stream.stream());
                Shown shown = Words.of(stream.stream())
                        .with("syncMode", stream.syncMode())
                        .with("status", Words.of(StreamStanding.shown(standing, now, broken.contains(stream.stream()))))
                        .with("recordsRead", now == null ? null : now.read());
                if (standing != null) {
                    shown.with("lastJobId", standing.jobId())
                            .with("lastSyncAt", Words.of(standing.changedAt()))
                            .with("lastSuccessAt", Words.of(standing.succeededAt()))
                            .with("recordsLoaded", standing.records());
                }
                streams.add(shown.object());
            }
        }
        return streams;
    }
}
