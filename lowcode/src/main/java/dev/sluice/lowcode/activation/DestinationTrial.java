package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tries a definition out: logs in, lists what can be written, and sends a few rows as a sync would, by the same code. What goes over
 * the network is seen at the transport, which is closed with what it was opened for. What it remembers is forgotten when it has ended, so each trial sends all of its rows.
 */
public final class DestinationTrial {
    /** The most rows of one trial. */
    public static final int MOST_ROWS = 1000;

    private final String name;
    private final String place;
    private final String text;

    /**
     * A trial of a definition.
     *
     * @param name its name for people
     * @param place what messages call it, such as its file
     * @param text the definition
     */
    public DestinationTrial(String name, String place, String text) {
        this.name = name;
        this.place = place;
        this.text = text;
    }

    /**
     * What is sent.
     *
     * @param object the object
     * @param method such as {@code upsert}
     * @param matching the fields that objects are found by; empty to take the only key there is
     * @param rows the rows, as they would be after the mapping: names of fields with values of JSON
     */
    public record Sample(String object, String method, List<String> matching, List<Map<String, ?>> rows) {
        /** Copies the lists. */
        public Sample {
            matching = List.copyOf(matching);
            rows = List.copyOf(rows);
        }
    }

    /**
     * What became of a row.
     *
     * @param row its number, from 1
     * @param code why it was rejected, in a word; null if it was written
     * @param reason why, for people; null if it was written
     * @param field the field that is the reason; null if there is none
     */
    public record Fallen(
            int row,
            @Nullable String code,
            @Nullable String reason,
            @Nullable String field) {
        /** True if the system has it. */
        public boolean isWritten() {
            return code == null;
        }
    }

    /** What is wrong with the definition itself, as one problem that lists all mistakes; empty if nothing is. Asks nobody. */
    public Optional<Problem> lint() {
        try {
            DestinationFormat.read(place, text);
            return Optional.empty();
        } catch (ProblemException wrong) {
            return Optional.of(wrong.problem());
        }
    }

    /** Logs in, and lists the objects. */
    public CheckReport check(Config config, ConnectorContext context, Transport transport) {
        try (Destination destination = open(config, context, transport)) {
            return destination.check();
        }
    }

    /**
     * What can be written, as the system tells it.
     *
     * @param object the only one that is asked for; null for all
     */
    public List<ObjectOperation> operations(
            Config config, ConnectorContext context, Transport transport, @Nullable String object) {
        try (Destination destination = open(config, context, transport)) {
            return destination.operations(object);
        }
    }

    /**
     * Sends rows to the system; they are there afterwards.
     *
     * @return what became of each, in their order
     * @throws ProblemException if they could not be sent, with what {@code sync} would say
     */
    public List<Fallen> send(Config config, ConnectorContext context, Transport transport, Sample sample) {
        if (sample.rows().isEmpty() || sample.rows().size() > MOST_ROWS) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "there have to be from 1 to " + MOST_ROWS + " rows")
                    .exception();
        }
        Path memory = folder();
        try (Host host = new Host(context, memory);
                Destination destination = open(unremembering(config), host, transport)) {
            TargetSpec spec = spec(destination, sample);
            try (Target target = destination.open(spec);
                    Writer writer = target.writer(host)) {
                writer.write(batch(spec.schema(), sample.rows()));
                target.commit(writer.prepare(new Marker("sample", new SplitProgress(null, true, 0))));
            }
            List<Fallen> fallen = new ArrayList<>();
            for (int row = 1; row <= sample.rows().size(); row++) {
                fallen.add(host.rejected.getOrDefault(row, new Fallen(row, null, null, null)));
            }
            return fallen;
        }
    }

    private Destination open(Config config, ConnectorContext context, Transport transport) {
        return new DeclarativeConnector(name, place, text).open(config, context, Surroundings.IN_REAL_TIME, transport);
    }

    /** Rows of a sample are sent whatever they looked like before. */
    private static Config unremembering(Config config) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(config.values());
        values.put(DeclarativeConnector.CHANGES, false);
        return Config.of(values);
    }

    private TargetSpec spec(Destination destination, Sample sample) {
        DestinationSyncMode mode = ObjectList.mode(sample.method());
        ObjectOperation operation = destination.operations(sample.object()).stream()
                .filter(each -> each.method() == mode && DestinationFormat.METHODS.contains(sample.method()))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_OBJECT_UNKNOWN",
                                ProblemKind.CONFIG,
                                "there is no " + sample.method() + " of " + sample.object())
                        .at(place)
                        .because("neither the definition nor the system has such an object with this method")
                        .exception());
        Set<String> names = new LinkedHashSet<>();
        sample.rows().forEach(row -> names.addAll(row.keySet()));
        for (String each : names) {
            if (operation.find(each).isEmpty() && !operation.additionalFields()) {
                List<String> known = operation.names();
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, sample.object() + " has no field " + each)
                        .at(place)
                        .because(NearNames.nearest(each, known)
                                .map(near -> "there is " + near)
                                .orElse("there are " + String.join(", ", known)))
                        .exception();
            }
        }
        // Values stay what they are: the mapping of a sync has turned them into what the system wants before.
        Schema schema = new Schema(names.stream()
                .map(each -> new Field(each, new DataType.JsonType()))
                .toList());
        return new TargetSpec(
                new Owner("trial", name, false),
                StreamId.of("sample"),
                new TargetName(null, sample.object()),
                schema,
                new WriteMode(mode, key(operation, sample), null),
                new Generation(1, 0, 1),
                new ObjectWrite(sample.object(), Set.of()));
    }

    private List<FieldPath> key(ObjectOperation operation, Sample sample) {
        List<String> key = sample.matching();
        if (key.isEmpty() && !operation.matchingKeys().isEmpty()) {
            if (operation.matchingKeys().size() > 1) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "it is not said by what objects are found")
                        .at(place)
                        .because("there are several keys: " + operation.matchingKeys())
                        .exception();
            }
            key = operation.matchingKeys().getFirst();
        }
        return key.stream().map(FieldPath::of).toList();
    }

    private static RecordBatch batch(Schema schema, List<Map<String, ?>> rows) {
        BatchBuilder batch = new BatchBuilder(schema, new BatchSize(MOST_ROWS, 1 << 26));
        for (Map<String, ?> row : rows) {
            for (int i = 0; i < schema.size(); i++) {
                Object value = Values.ofPlain(row.get(schema.field(i).name()));
                BytesColumn.Builder column = (BytesColumn.Builder) batch.column(i);
                if (row.get(schema.field(i).name()) == null) {
                    column.appendNull();
                } else {
                    column.append(JsonValues.write(value));
                }
            }
            batch.endRow();
        }
        return batch.build(0);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("sluice-trial-");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** The host of a trial, with a memory of its own. */
    private static final class Host implements ConnectorContext, WriteContext, AutoCloseable {
        private final ConnectorContext outer;
        private final Path memory;
        private final Map<Integer, Fallen> rejected = new LinkedHashMap<>();

        Host(ConnectorContext outer, Path memory) {
            this.outer = outer;
            this.memory = memory;
        }

        @Override
        public void log(Level level, String message) {
            outer.log(level, message);
        }

        @Override
        public Clock clock() {
            return outer.clock();
        }

        @Override
        public boolean cancelled() {
            return outer.cancelled();
        }

        @Override
        public void configChanged(Config config) {
            outer.configChanged(config);
        }

        @Override
        public Optional<Path> memory() {
            return Optional.of(memory);
        }

        @Override
        public void reject(RejectedRecord record) {
            throw new IllegalStateException("a row is rejected with its place");
        }

        @Override
        public void reject(RecordBatch batch, int row, String code, String reason, @Nullable String field) {
            rejected.put(row + 1, new Fallen(row + 1, code, reason, field));
        }

        @Override
        public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {}

        @Override
        public void close() {
            try (Stream<Path> tree = Files.walk(memory)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException left) {
                outer.log(Level.DEBUG, "a temporary folder could not be removed: " + left);
            }
        }
    }
}
