package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.TestHost;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The host of a destination in tests: it sends rows as the engine would, and nobody waits in real time. */
final class Sending extends TestHost implements WriteContext {
    private final Path memory;
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private MirrorTarget.Removed removed = new MirrorTarget.Removed(0, 0, null);
    private long committed;

    Sending(Path memory) {
        super("2026-01-02T03:04:05Z");
        this.memory = memory;
    }

    @Override
    public Optional<Path> memory() {
        return Optional.of(memory);
    }

    @Override
    public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
        throw new AssertionError("nothing is altered in silence");
    }

    List<Duration> pauses() {
        return pauses;
    }

    /** What was rejected: the code and the reason of each. */
    List<String> rejects() {
        return rejected().stream()
                .map(record -> record.code() + ": " + record.reason())
                .toList();
    }

    Destination open(String definition, Map<String, ?> config) {
        return open(new DeclarativeConnector("test", "destination.yaml", definition), config);
    }

    Destination open(DeclarativeConnector connector, Map<String, ?> config) {
        Surroundings.Waiting noWaiting = (time, surroundings) -> {
            pauses.add(time);
            later(time);
        };
        return connector.open(Config.of(config), this, noWaiting);
    }

    /** What a stream writes: the schema is made of the fields that the operation has. */
    static TargetSpec spec(Destination destination, Wish wish, long syncId) {
        ObjectOperation operation = destination.operations(wish.object()).stream()
                .filter(each -> each.method() == wish.method())
                .findFirst()
                .orElseThrow();
        List<Field> fields = new ArrayList<>();
        for (String name : wish.fields()) {
            fields.add(
                    operation.find(name).map(Sending::typed).orElseGet(() -> new Field(name, new DataType.TextType())));
        }
        return new TargetSpec(
                new Owner("connection", "test", false),
                StreamId.of("rows"),
                new TargetName(null, wish.object()),
                new Schema(fields),
                new WriteMode(
                        wish.method(), wish.key().stream().map(FieldPath::of).toList(), null),
                new Generation(1, 0, syncId),
                new ObjectWrite(wish.object(), wish.kept()));
    }

    /** What takes any value takes those of JSON here. */
    private static Field typed(ObjectField field) {
        return field.field().type() instanceof DataType.UnknownType
                ? new Field(field.name(), new DataType.JsonType())
                : field.field();
    }

    /** Which object is written, how, and with which fields. */
    record Wish(String object, DestinationSyncMode method, List<String> key, List<String> fields, Set<String> kept) {
        static Wish upsert(String object, String key, String... fields) {
            return new Wish(object, DestinationSyncMode.APPEND_DEDUP, List.of(key), List.of(fields), Set.of());
        }

        static Wish insert(String object, String... fields) {
            return new Wish(object, DestinationSyncMode.APPEND, List.of(), List.of(fields), Set.of());
        }

        Wish by(DestinationSyncMode other) {
            return new Wish(object, other, key, fields, kept);
        }

        Wish keeping(String field) {
            return new Wish(object, method, key, fields, Set.of(field));
        }
    }

    /** Sends rows in one run, from its opening to its publishing; what came of them. */
    Committable run(Destination destination, Wish wish, long syncId, List<List<@Nullable Object>> rows) {
        TargetSpec spec = spec(destination, wish, syncId);
        committed = destination.ledger(spec).filter(ledger -> !ledger.published()).stream()
                .flatMap(ledger -> ledger.splits().values().stream())
                .mapToLong(SplitProgress::rows)
                .sum();
        try (Target target = destination.open(spec)) {
            Committable done = write(target, spec, rows);
            target.publish(committed, null);
            return done;
        }
    }

    /** Sends rows as a whole read of a mirror; what of earlier reads is missing. */
    MirrorTarget.Gone mirror(
            Destination destination, Wish wish, long syncId, boolean removes, List<List<@Nullable Object>> rows) {
        TargetSpec spec = spec(destination, wish, syncId);
        committed = 0;
        try (MirrorTarget target = (MirrorTarget) destination.open(spec)) {
            write(target, spec, rows);
            MirrorTarget.Gone gone = target.gone();
            if (removes) {
                removed = target.removeGone();
            }
            target.publish(committed, null);
            return gone;
        }
    }

    /** What the last mirror has removed. */
    MirrorTarget.Removed removed() {
        return removed;
    }

    /** Sends rows and commits them. */
    Committable write(Target target, TargetSpec spec, List<List<@Nullable Object>> rows) {
        try (Writer writer = target.writer(this)) {
            writer.write(batch(spec.schema(), rows));
            // As the engine does it: the row count of a marker is known only once the writer has counted.
            Committable counted = writer.prepare(new Marker("s", new SplitProgress(null, true, 0)));
            committed += counted.rows();
            target.commit(new Committable(
                    new Marker("s", new SplitProgress(null, true, committed)),
                    counted.rows(),
                    counted.rejected(),
                    counted.bytes(),
                    counted.unchanged(),
                    counted.handle()));
            return counted;
        }
    }

    static RecordBatch batch(Schema schema, List<List<@Nullable Object>> rows) {
        BatchBuilder batch = new BatchBuilder(schema, new BatchSize(100_000, 1 << 26));
        for (List<@Nullable Object> row : rows) {
            for (int i = 0; i < schema.size(); i++) {
                Object value = row.get(i);
                if (value == null) {
                    batch.column(i).appendNull();
                } else if (batch.column(i) instanceof LongColumn.Builder numbers) {
                    numbers.append(Long.parseLong(value.toString()));
                } else if (batch.column(i) instanceof DoubleColumn.Builder numbers) {
                    numbers.append(Double.parseDouble(value.toString()));
                } else {
                    ((BytesColumn.Builder) batch.column(i)).append(value.toString());
                }
            }
            batch.endRow();
        }
        return batch.build(0);
    }
}
