package dev.sluice.server.project;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plan.ModeChooser;
import dev.sluice.engine.plan.StreamMatcher;
import dev.sluice.engine.words.StreamWords;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionEnds;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.connections.RejectStore;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.project.Change.Difference;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tag;
import dev.sluice.server.tags.Tags;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connections of projects. */
final class Links {
    private static final String TAG_COLOR = "75DCFF";

    private final Connections connections;
    private final StreamSecrets keys;
    private final Tags tags;

    Links(Connections connections, StreamSecrets keys, Tags tags) {
        this.connections = connections;
        this.keys = keys;
        this.tags = tags;
    }

    /**
     * What is to be done.
     *
     * @param wish how it shall be
     * @param there how it is; null if it is not there
     * @param deleted one that was deleted and comes back; null for none
     * @param ends what it connects
     * @param streams its streams
     * @param rejects where its rejected records go as files; null for nowhere
     * @param change the same for people
     */
    record Step(
            ConnectionWish wish,
            @Nullable ListedConnection there,
            @Nullable Connection deleted,
            ConnectionEnds ends,
            List<ConnectionStream> streams,
            @Nullable RejectStore rejects,
            Change change) {}

    /**
     * The streams of what a source offers that a connection means.
     *
     * @param modes how the destination can write; asked only if a mode has to be chosen
     */
    static List<ConnectionStream> streams(
            ConnectionWish wish, Catalog catalog, Supplier<Set<DestinationSyncMode>> modes) {
        List<StreamSettings> settings =
                wish.streams().stream().map(ConnectionWish.StreamWish::settings).toList();
        for (StreamSettings named : settings) {
            if (!named.isGlob()
                    && catalog.streams().stream().noneMatch(stream -> StreamMatcher.matches(named, stream.id()))) {
                throw Problem.of(
                                "E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the source has no stream " + named.pattern())
                        .at("connection " + wish.name())
                        .fix(StreamMatcher.nearest(named.pattern(), catalog)
                                .map(near -> "did you mean " + near + "?")
                                .orElse(null))
                        .exception();
            }
        }
        List<ConnectionStream> streams = new ArrayList<>();
        for (CatalogStream stream : catalog.streams()) {
            StreamSettings owner = StreamMatcher.owner(settings, stream.id()).orElse(null);
            if (owner != null) {
                ConnectionWish.StreamWish wished = wish.streams().get(settings.indexOf(owner));
                StreamMode mode = owner.mode();
                StreamMode chosen = mode == null ? ModeChooser.choose(stream, owner, modes.get(), wish.intent()) : mode;
                streams.add(new ConnectionStream(stream.id(), true, StreamWords.mode(chosen), wished.words()));
            }
        }
        return streams;
    }

    /** What it takes to have a connection as it is wished; nothing if it is so already. */
    Optional<Step> step(
            Transaction transaction,
            Stock stock,
            ConnectionWish wish,
            @Nullable CatalogVersion catalog,
            List<ConnectionStream> streams)
            throws SQLException {
        Actor source = stock.sources().find(wish.source()).orElseThrow();
        Actor destination = stock.destinations().find(wish.destination()).orElseThrow();
        RejectStore rejects = rejects(wish, stock);
        UUID catalogId = catalog == null ? null : catalog.id();
        ListedConnection there = stock.connections().find(wish.name()).orElse(null);
        ConnectionEnds ends = new ConnectionEnds(source.id(), destination.id(), catalogId, null);
        if (there == null) {
            Change made = new Change(
                    Change.Kind.CONNECTION,
                    wish.name(),
                    Change.Action.CREATE,
                    List.of(),
                    streams.size() == 1 ? "1 stream" : streams.size() + " streams");
            return Optional.of(new Step(wish, null, null, ends, streams, rejects, made));
        }
        Connection known = there.connection();
        if (!known.ends().sourceId().equals(source.id())
                || !known.ends().destinationId().equals(destination.id())) {
            throw Problem.of("E_PROJECT", ProblemKind.CONFIG, "a connection keeps its source and its destination")
                    .at("connection " + wish.name())
                    .because("its tables belong to both")
                    .fix("give the new one another name, or delete the one that is there")
                    .exception();
        }
        List<ConnectionStream> before = connections.streams(transaction, known.id()).stream()
                .filter(ConnectionStream::selected)
                .toList();
        List<Difference> differences = new ArrayList<>(
                Differences.between(ConnectionText.of(there, before, stock), ConnectionText.of(wish, streams)));
        if (differences.isEmpty() && !hasSameKeys(transaction, known, before, streams)) {
            differences.add(new Difference("streams", "a key of a mapper", "another key"));
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(
                        wish,
                        there,
                        null,
                        ends,
                        streams,
                        rejects,
                        new Change(Change.Kind.CONNECTION, wish.name(), Change.Action.UPDATE, differences, null)));
    }

    private static @Nullable RejectStore rejects(ConnectionWish wish, Stock stock) {
        ConnectionWish.Files files = wish.rules().rejects();
        if (files == null) {
            return null;
        }
        Actor destination = stock.destinations()
                .find(files.destination())
                .orElseThrow(() -> Problem.of(
                                "E_PROJECT", ProblemKind.CONFIG, "there is no destination " + files.destination())
                        .at("connection " + wish.name())
                        .because("its rejected records shall be stored there")
                        .exception());
        return new RejectStore(destination.id(), files.format());
    }

    /** What it takes to bring back one that was deleted. */
    static Step revival(
            Stock stock,
            ConnectionWish wish,
            Connection deleted,
            CatalogVersion catalog,
            List<ConnectionStream> streams) {
        ConnectionEnds ends =
                new ConnectionEnds(deleted.ends().sourceId(), deleted.ends().destinationId(), catalog.id(), null);
        Change change = new Change(
                Change.Kind.CONNECTION,
                wish.name(),
                Change.Action.CREATE,
                List.of(),
                "it was deleted, and goes on where it ended, with its state");
        return new Step(wish, null, deleted, ends, streams, rejects(wish, stock), change);
    }

    private boolean hasSameKeys(
            Transaction transaction, Connection known, List<ConnectionStream> before, List<ConnectionStream> after)
            throws SQLException {
        Owner owner = new Owner(known.workspaceId(), known.id());
        List<ConnectionStream> clear = keys.resolve(transaction, owner, before, name -> "${" + name + "}");
        return Differences.isSame(ConnectionText.clear(clear), ConnectionText.clear(after));
    }

    /** Does it. */
    void apply(Transaction transaction, UUID workspaceId, Step step) throws SQLException {
        ConnectionWish wish = step.wish();
        ListedConnection there = step.there();
        Json more = there == null ? Json.EMPTY : there.connection().settings().more();
        ConnectionSettings settings = RejectStore.in(
                new ConnectionSettings(
                        wish.rules().schedule(),
                        wish.rules().naming(),
                        wish.rules().schemaRules(),
                        more),
                step.rejects());
        Connection connection = made(transaction, workspaceId, step, settings);
        connections.saveStreams(transaction, connection, step.streams());
        connections.saveTags(transaction, connection, tagIds(transaction, workspaceId, wish.tags()));
    }

    private Connection made(Transaction transaction, UUID workspaceId, Step step, ConnectionSettings settings)
            throws SQLException {
        String name = step.wish().name();
        ListedConnection there = step.there();
        if (there != null) {
            return connections.replace(transaction, there.connection().with(name, settings));
        }
        Connection deleted = step.deleted();
        return deleted == null
                ? connections.add(transaction, UUID.randomUUID(), workspaceId, name, step.ends(), settings)
                : connections.revive(transaction, deleted, settings);
    }

    private Set<UUID> tagIds(Transaction transaction, UUID workspaceId, Set<String> names) throws SQLException {
        Set<UUID> ids = new LinkedHashSet<>();
        List<Tag> known = names.isEmpty() ? List.of() : tags.list(transaction, List.of(workspaceId));
        for (String name : names) {
            Optional<Tag> tag =
                    known.stream().filter(each -> each.name().equals(name)).findFirst();
            ids.add(
                    tag.isPresent()
                            ? tag.get().id()
                            : tags.add(transaction, workspaceId, name, TAG_COLOR)
                                    .id());
        }
        return ids;
    }
}
