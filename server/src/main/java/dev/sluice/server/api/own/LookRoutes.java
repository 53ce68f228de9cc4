package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.WrittenTables;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looking at sources and destinations: whether they can be used, what they offer, how they can write. */
final class LookRoutes {
    private static final String GROUP = "Looks";
    private static final int MOST_WRITTEN = 1_000;

    private final Features features;
    private final Places places;

    LookRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                begins("/sources/{sourceId}/check", "beginSourceCheck", ConnectorKind.SOURCE, JobKind.CHECK),
                begins(
                        "/destinations/{destinationId}/check",
                        "beginDestinationCheck",
                        ConnectorKind.DESTINATION,
                        JobKind.CHECK),
                begins("/sources/{sourceId}/discover", "beginDiscovery", ConnectorKind.SOURCE, JobKind.DISCOVER),
                Route.get("/sources/{sourceId}/catalog", "getCatalog", GROUP)
                        .needs(Access.READ, places.actorInPath(ConnectorKind.SOURCE))
                        .parameter("fields", "boolean")
                        .parameter("namespace", "string")
                        .parameter("stream", "string")
                        .gives("SourceCatalog")
                        .by(call -> features.store.read(transaction -> catalog(transaction, call))),
                Route.get("/destinations/{destinationId}/modes", "getDestinationModes", GROUP)
                        .needs(Access.READ, places.actorInPath(ConnectorKind.DESTINATION))
                        .gives("DestinationModes")
                        .by(this::modes),
                Route.post("/destinations/{destinationId}/written", "findWrittenTables", GROUP)
                        .needs(Access.READ, places.actorInPath(ConnectorKind.DESTINATION))
                        .takes("TableNames")
                        .gives("WrittenTables")
                        .by(call -> features.store.read(transaction -> written(transaction, call))));
    }

    /** Begins a job and does not wait: its log and its end are followed like those of any other. */
    private Route begins(String path, String name, ConnectorKind side, JobKind kind) {
        return Route.post(path, name, GROUP)
                .needs(Access.RUN, places.actorInPath(side))
                .gives("RunBegun")
                .by(call -> begin(call, side, kind));
    }

    private Answer begin(Call call, ConnectorKind side, JobKind kind) {
        UUID id = call.id(Words.of(side) + "Id");
        Workspace workspace = call.workspaceOf();
        Job job = features.store.compute(transaction -> features.work
                .jobs()
                .add(
                        transaction,
                        JobWish.ofActor(workspace.id(), kind, id, call.caller().accountId())));
        features.work.wake().run();
        return Answer.json(JobRoutes.shown(job).object());
    }

    private Answer catalog(Transaction transaction, Call call) throws SQLException {
        Optional<CatalogVersion> newest = features.schemas.newest(transaction, call.id("sourceId"));
        StreamId only = Asked.stream(call);
        boolean hasFields = call.flag("fields") || only != null;
        List<Map<String, Object>> streams = new ArrayList<>();
        if (newest.isPresent()) {
            for (CatalogStream stream : newest.get().catalog().streams()) {
                if (only == null || only.equals(stream.id())) {
                    streams.add(shown(stream, hasFields, only != null));
                }
            }
        }
        return new Shown()
                .with(
                        "fetchedAt",
                        Words.of(newest.map(CatalogVersion::discoveredAt).orElse(null)))
                .with("streams", streams)
                .answer();
    }

    /**
     * Fields are pairs of name and type, and only where asked for: of large sources they are most of what there is. What is
     * inside of them is told of a stream alone.
     */
    private static Map<String, Object> shown(CatalogStream stream, boolean hasFields, boolean hasInner) {
        FieldPath cursor = stream.cursor().field();
        List<List<String>> fields = stream.schema().fields().stream()
                .map(field -> List.of(field.name(), field.type().notation()))
                .toList();
        return Words.of(stream.id())
                .with("fieldCount", fields.size())
                .with("isIncremental", stream.supportsIncremental())
                .with("hasOwnCursor", stream.cursor().sourceDefined())
                .with("cursor", cursor == null ? null : cursor.parts())
                .with(
                        "primaryKey",
                        stream.primaryKey().stream().map(FieldPath::parts).toList())
                .with("rows", known(stream.estimate().rows()))
                .with("bytes", known(stream.estimate().bytes()))
                .with("fields", hasFields ? fields : null)
                .with("inner", hasInner ? InnerFields.of(stream.schema()) : null)
                .object();
    }

    private static @Nullable Long known(long estimate) {
        return estimate < 0 ? null : estimate;
    }

    /** Which of the tables that somebody is about to write are written by other connections. */
    private static Answer written(Transaction transaction, Call call) throws SQLException {
        List<WrittenTables.Written> found =
                WrittenTables.among(transaction, call.id("destinationId"), Asked.names(call, "tables"), MOST_WRITTEN);
        return Shown.list(found.stream()
                .map(each -> Words.of(each.table())
                        .with("connectionId", each.connectionId())
                        .with("connectionName", each.connectionName())
                        .object())
                .toList());
    }

    /** It may have to be asked, so not within a transaction. */
    private Answer modes(Call call) {
        List<String> modes = features.work.asked().modes().of(call.id("destinationId")).stream()
                .sorted()
                .map((DestinationSyncMode mode) -> Words.of(mode))
                .toList();
        return Answer.json(Map.of("modes", modes));
    }
}
