package dev.sluice.engine.fake;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections, settings and streams as the tests need them. */
public final class Wishes {
    /** A number that is the key and the cursor. */
    public static final Field ID = new Field("id", new DataType.IntType(64));

    /** The usual rules, but no stream is tried again. */
    public static final ConnectionRules PLAIN = ConnectionRules.USUAL.with(RunLimits.USUAL.with(RetryLimits.NONE));

    private Wishes() {}

    /** A connection of these streams, all else by default. */
    public static Connection connection(StreamSettings... streams) {
        return connection(new NamespaceRule.Destination(), "", streams);
    }

    /** A connection with a rule for names. */
    public static Connection connection(NamespaceRule namespace, String prefix, StreamSettings... streams) {
        Endpoint end = new Endpoint("end", "fake", Config.of(Map.of()));
        return new Connection("test", end, end, namespace, prefix, List.of(streams), PLAIN);
    }

    /** Settings with a mode and the default of all else. */
    public static StreamSettings in(StreamMode mode, String pattern) {
        return new StreamSettings(pattern, mode, null, List.of(), new FieldSelection.All(), null, RowRules.USUAL);
    }

    /** Settings with a mode and rules for rejected records. */
    public static StreamSettings rejecting(StreamMode mode, RejectRules rules) {
        return new StreamSettings(
                "*", mode, null, List.of(), new FieldSelection.All(), null, new RowRules(false, rules));
    }

    /** The same settings with these mappers. */
    public static StreamSettings mapping(StreamSettings settings, MapperSpec... mappers) {
        return settings.with(settings.rows()
                .with(Arrays.stream(mappers).map(MapperSetting::of).toList()));
    }

    /** Settings with a name at the destination. */
    public static StreamSettings named(String pattern, String alias) {
        return new StreamSettings(
                pattern,
                StreamMode.FULL_REFRESH_APPEND,
                null,
                List.of(),
                new FieldSelection.All(),
                alias,
                RowRules.USUAL);
    }

    /** Settings with a selection of fields. */
    public static StreamSettings selecting(String pattern, FieldSelection fields) {
        return new StreamSettings(
                pattern, StreamMode.FULL_REFRESH_APPEND, null, List.of(), fields, null, RowRules.USUAL);
    }

    /** Settings with a cursor and a key. */
    public static StreamSettings keyed(
            String pattern, @Nullable StreamMode mode, @Nullable String cursor, String... key) {
        return new StreamSettings(
                pattern,
                mode,
                cursor == null ? null : FieldPath.of(cursor),
                List.of(key).stream().map(FieldPath::of).toList(),
                new FieldSelection.All(),
                null,
                RowRules.USUAL);
    }

    /** A stream of numbers with key and cursor. */
    public static CatalogStream stream(String name) {
        return stream(StreamId.of(name), new Cursor(FieldPath.of("id"), false), "id", ID);
    }

    /** A stream as a source describes it. */
    public static CatalogStream stream(StreamId id, Cursor cursor, @Nullable String key, Field... fields) {
        return new CatalogStream(
                id,
                Schema.of(fields),
                Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL),
                cursor,
                key == null ? List.of() : List.of(FieldPath.of(key)),
                true,
                Estimate.NONE);
    }

    /** A stream that can only be read whole. */
    public static CatalogStream whole(String name, Field... fields) {
        return new CatalogStream(
                StreamId.of(name),
                Schema.of(fields),
                Set.of(SyncMode.FULL_REFRESH),
                Cursor.NONE,
                List.of(),
                true,
                Estimate.NONE);
    }
}
