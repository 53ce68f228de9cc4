package dev.sluice.server.connections;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.SecretFields;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of mappers, which are secrets: on their way in, out, and to a run. The streams of a connection go through here
 * together, so that a key goes when its mapper goes.
 */
public final class StreamSecrets {
    private static final SecretFields FIELDS = SecretFields.of("""
        {"additionalProperties": {"properties": {"mappers": {"items": {"properties": {"mapperConfiguration": {
          "properties": {"key": {"type": "string", "airbyte_secret": true}}}}}}}}}\
        """);

    private final Secrets secrets;

    /** Those of a store. */
    public StreamSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * The streams as they are kept.
     *
     * @param given what somebody has entered; the mask stands where a key stays
     * @param before what was kept before
     */
    List<ConnectionStream> keep(
            Transaction transaction, Owner owner, List<ConnectionStream> given, List<ConnectionStream> before)
            throws SQLException {
        if (noneHasKeys(given) && noneHasKeys(before)) {
            return given;
        }
        return with(given, secrets.keep(transaction, owner, FIELDS, together(given), together(before)));
    }

    /** A stream as answers show it: with masks in the place of keys. */
    public static ConnectionStream shown(ConnectionStream stream) {
        return noneHasKeys(List.of(stream))
                ? stream
                : with(List.of(stream), Secrets.masked(together(List.of(stream)), FIELDS, false))
                        .getFirst();
    }

    /**
     * The streams with their keys in the clear, for a run.
     *
     * @param variables what variables in the place of keys stand for; null for one that is not known
     */
    public List<ConnectionStream> resolve(
            Transaction transaction,
            Owner owner,
            List<ConnectionStream> kept,
            Function<String, @Nullable String> variables)
            throws SQLException {
        if (noneHasKeys(kept)) {
            return kept;
        }
        Map<String, @Nullable Object> clear = secrets.resolve(transaction, owner, FIELDS, together(kept), variables)
                .values();
        return with(kept, new Json(JsonText.write(clear)));
    }

    /** Deletes the keys of a connection that is deleted. */
    void delete(Transaction transaction, Connection connection) throws SQLException {
        secrets.delete(transaction, connection.id());
    }

    static boolean noneHasKeys(List<ConnectionStream> streams) {
        return streams.stream().noneMatch(stream -> stream.settings().text().contains("\"key\""));
    }

    private static Json together(List<ConnectionStream> streams) {
        Map<String, Object> together = new LinkedHashMap<>();
        for (ConnectionStream stream : streams) {
            together.put(
                    stream.stream().toString(),
                    JsonText.object(stream.settings().text()));
        }
        return new Json(JsonText.write(together));
    }

    private static List<ConnectionStream> with(List<ConnectionStream> streams, Json together) {
        Map<String, @Nullable Object> settings = JsonText.object(together.text());
        return streams.stream()
                .map(stream -> stream.with(
                        new Json(JsonText.write(settings.get(stream.stream().toString())))))
                .toList();
    }
}
