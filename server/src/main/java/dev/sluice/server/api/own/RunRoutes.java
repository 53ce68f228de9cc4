package dev.sluice.server.api.own;

import dev.sluice.engine.state.Refresh;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.RunWishes;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.runs.Request;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Runs of a connection, or of some of its streams: what is new, all once more, or nothing any more. */
final class RunRoutes {
    private static final Set<JobKind> RUNS = Set.of(JobKind.SYNC, JobKind.REFRESH, JobKind.CLEAR);

    private final Features features;
    private final Places places;
    private final RunWishes wishes;

    RunRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.wishes = new RunWishes(features, places);
    }

    List<Route> routes() {
        return List.of(Route.post("/connections/{connectionId}/runs", "runConnection", "Job details")
                .needs(Access.RUN, places.connectionInPath())
                .takes("RunWish")
                .gives("RunBegun")
                .by(this::run));
    }

    private Answer run(Call call) {
        UUID id = call.id("connectionId");
        JobKind kind = Asked.word(call.required("kind"), "kind", JobKind.class);
        if (!RUNS.contains(kind)) {
            throw Refusal.badRequest("kind has to be sync, refresh or clear");
        }
        Set<StreamId> streams = Asked.streams(call);
        requireKnown(id, streams);
        boolean keeps = Boolean.TRUE.equals(call.body().get("keepHistory"));
        Request request = Request.of(streams, keeps ? Refresh.MERGE : Refresh.TRUNCATE);
        return Answer.json(JobRoutes.shown(wishes.begin(id, kind, request.write(), call.caller()))
                .object());
    }

    /** A run of a stream that is not there would do nothing, and look as if all were well. */
    private void requireKnown(UUID id, Set<StreamId> streams) {
        Set<StreamId> known = features.store.read(transaction -> features.connections.streams(transaction, id).stream()
                .filter(ConnectionStream::selected)
                .map(ConnectionStream::stream)
                .collect(Collectors.toSet()));
        for (StreamId stream : streams) {
            if (!known.contains(stream)) {
                throw Refusal.unprocessable("the connection does not copy a stream " + stream);
            }
        }
    }
}
