package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.schemas.SourceSamples;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;

/** The first rows of streams. They are data and not settings, so they are for those who may edit. */
final class SampleRoutes {
    private static final String GROUP = "Looks";
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private final SourceSamples samples;
    private final Places places;

    SampleRoutes(SourceSamples samples, Places places) {
        this.samples = samples;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                asked(Route.get("/sources/{sourceId}/sample", "getSourceSample", GROUP)
                                .needs(Access.EDIT, places.actorInPath(ConnectorKind.SOURCE)))
                        .gives("StreamSample")
                        .by(call -> Answer.json(shown(samples.ofSource(call.id("sourceId"), stream(call), rows(call)))
                                .object())),
                asked(Route.get("/connections/{connectionId}/sample", "getConnectionSample", GROUP)
                                .needs(Access.EDIT, places.connectionInPath()))
                        .gives("MappedSample")
                        .by(this::mapped));
    }

    private static Route asked(Route route) {
        return route.parameter("namespace", "string")
                .parameter("stream", "string")
                .parameter("rows", "integer");
    }

    private static StreamId stream(Call call) {
        StreamId stream = Asked.stream(call);
        if (stream == null) {
            throw Refusal.badRequest("stream has to name the stream");
        }
        return stream;
    }

    private static int rows(Call call) {
        return Asked.number(call, "rows", USUAL, 1, MOST);
    }

    private Answer mapped(Call call) {
        SourceSamples.Mapped mapped = samples.ofConnection(call.id("connectionId"), stream(call), rows(call));
        return new Shown()
                .with("before", shown(mapped.before()).object())
                .with("after", shown(mapped.after()).object())
                .answer();
    }

    private static Shown shown(SourceSamples.Sample sample) {
        return new Shown()
                .with(
                        "fields",
                        sample.fields().stream()
                                .map(field -> List.of(field.name(), field.type().notation()))
                                .toList())
                .with("rows", sample.rows())
                .with("problems", sample.problems());
    }
}
