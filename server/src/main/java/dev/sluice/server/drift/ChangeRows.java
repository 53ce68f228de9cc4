package dev.sluice.server.drift;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.engine.schema.StreamText;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.schemas.StreamDifference;
import dev.sluice.server.schemas.StreamUse;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes as rows. */
final class ChangeRows {
    /** How many details of a stream are kept. */
    private static final int MOST = 500;

    private static final String OF_STREAM = " WHERE connection_id = ? AND namespace = ? AND name = ?";

    private ChangeRows() {}

    static List<StreamSchemaChange> all(Transaction transaction, UUID connectionId) throws SQLException {
        return transaction.all(
                ChangeRows::read,
                "SELECT * FROM schema_change WHERE connection_id = ? ORDER BY namespace, name",
                connectionId);
    }

    private static StreamSchemaChange read(Row row) throws SQLException {
        String namespace = row.text("namespace");
        return new StreamSchemaChange(
                StreamId.of(namespace.isEmpty() ? null : namespace, row.text("name")),
                row.word("kind", StreamChange.Kind.class),
                row.word("state", SchemaChangeState.class),
                new StreamSchemaChange.Weight(row.flag("breaking"), row.flag("stopped")),
                row.json("details"),
                row.text("now"),
                new StreamSchemaChange.Found(row.numberOrNull("job_id"), row.time("found_at")));
    }

    static void save(Transaction transaction, UUID connectionId, StreamSchemaChange change) throws SQLException {
        delete(transaction, connectionId, change.stream());
        transaction.change(
                "INSERT INTO schema_change (connection_id, namespace, name, kind, state, breaking, stopped, details,"
                        + " now, job_id, found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                connectionId,
                namespace(change.stream()),
                change.stream().name(),
                change.kind(),
                change.state(),
                change.weight().breaking(),
                change.weight().stopped(),
                change.details(),
                change.now(),
                change.found().jobId(),
                change.found().at());
    }

    static void delete(Transaction transaction, UUID connectionId, StreamId stream) throws SQLException {
        transaction.change("DELETE FROM schema_change" + OF_STREAM, connectionId, namespace(stream), stream.name());
    }

    private static String namespace(StreamId stream) {
        return Objects.requireNonNullElse(stream.namespace(), "");
    }

    /** A change that was found, as it is kept. */
    static StreamSchemaChange kept(FoundChange found, StreamUse use, @Nullable Long jobId, Instant at) {
        CatalogStream now = found.now();
        return new StreamSchemaChange(
                found.stream(),
                found.kind(),
                found.effect() == FoundChange.Effect.APPLIED ? SchemaChangeState.APPLIED : SchemaChangeState.OPEN,
                new StreamSchemaChange.Weight(found.effect() == FoundChange.Effect.BROKEN, found.isStopped()),
                details(found.details(), use),
                now == null ? "" : StreamText.write(now),
                new StreamSchemaChange.Found(jobId, at));
    }

    private static Json details(List<SchemaChange> changes, StreamUse use) {
        List<Map<String, Object>> details = new ArrayList<>();
        for (SchemaChange change : changes.stream().limit(MOST).toList()) {
            Map<String, Object> members = new LinkedHashMap<>();
            switch (change) {
                case SchemaChange.FieldAdded added -> place(members, "add_field", added.path());
                case SchemaChange.FieldRemoved removed -> place(members, "remove_field", removed.path());
                case SchemaChange.FieldRetyped retyped -> place(members, "update_field_schema", retyped.path());
                case SchemaChange.KeyChanged ignored -> members.put("type", "update_primary_key");
                case SchemaChange.IncrementalChanged ignored -> members.put("type", "update_sync_modes");
            }
            members.put("words", change.words());
            members.put("breaking", StreamDifference.Changed.isBreaking(change, use));
            details.add(members);
        }
        return new Json(JsonText.write(details));
    }

    private static void place(Map<String, Object> members, String type, FieldPath path) {
        members.put("type", type);
        members.put("path", path.parts());
    }
}
