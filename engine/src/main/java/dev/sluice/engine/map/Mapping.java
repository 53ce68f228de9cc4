package dev.sluice.engine.map;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mappers of a stream, made ready for its fields. Immutable; all lanes use the same. */
public final class Mapping {
    private final Schema before;
    private final List<MapperSpec> specs;
    private final List<Step> steps;
    private final Roles roles;
    private final boolean removes;
    private final @Nullable Projection projection;
    private final boolean hides;

    private Mapping(
            Schema before,
            List<MapperSpec> specs,
            List<Step> steps,
            Roles roles,
            boolean removes,
            @Nullable Projection projection) {
        this.before = before;
        this.specs = List.copyOf(specs);
        this.steps = List.copyOf(steps);
        this.roles = roles;
        this.removes = removes;
        this.projection = projection;
        this.hides = !hidden().isEmpty();
    }

    /** Nothing is done to rows of these fields. */
    public static Mapping none(Schema schema) {
        return new Mapping(schema, List.of(), List.of(), Roles.NONE, false, null);
    }

    /**
     * Makes mappers ready.
     *
     * @param stream the stream, for messages
     * @param schema the fields that are read
     * @param settings the mappers in order
     * @param roles the fields that the stream stands on, by their names at the source
     * @throws ProblemException of kind {@code CONFIG} if one of them cannot do its work
     */
    public static Mapping of(String stream, Schema schema, List<MapperSetting> settings, Roles roles) {
        List<Step> steps = new ArrayList<>();
        List<MapperSpec> specs = new ArrayList<>();
        Schema current = schema;
        Roles now = roles;
        for (MapperSetting setting : settings) {
            MapperSpec spec = setting.spec();
            try {
                Step step = step(spec, current, now);
                steps.add(step);
                specs.add(spec);
                current = step.schema();
            } catch (ProblemException failure) {
                String where = setting.place().isEmpty() ? stream : setting.place() + " (stream " + stream + ")";
                throw MapperProblems.at(
                        failure, where, "E_EXPRESSION".equals(failure.problem().code()) ? text(spec) : null);
            }
            if (spec instanceof MapperSpec.Rename(String from, String to)) {
                now = now.renamed(from, to);
            }
        }
        return new Mapping(schema, specs, steps, now, false, null);
    }

    /** The expression that a mapper holds; null if it holds none. */
    private static @Nullable String text(MapperSpec spec) {
        return switch (spec) {
            case MapperSpec.Compute compute -> compute.value();
            case MapperSpec.Filter filter -> filter.text();
            default -> null;
        };
    }

    private static Step step(MapperSpec spec, Schema current, Roles roles) {
        return switch (spec) {
            case MapperSpec.Hash hash -> Hashing.of(hash, current, roles);
            case MapperSpec.Rename rename -> ReshapeStep.rename(rename, current);
            case MapperSpec.Remove remove -> ReshapeStep.remove(remove, current, roles);
            case MapperSpec.Encrypt encrypt -> Encrypting.of(encrypt, current, roles);
            case MapperSpec.Filter filter -> FilterStep.of(filter, current, roles);
            case MapperSpec.Compute compute -> ComputeStep.of(compute, current, roles);
            case MapperSpec.Select select -> Selecting.of(select, current, roles);
        };
    }

    /** The same, in which rows that do not pass a filter go on as deletes, because the destination may have them. */
    public Mapping removing() {
        return new Mapping(before, specs, steps, roles, true, projection);
    }

    /** The same, behind which the rows become objects. */
    public Mapping projecting(Projection objects) {
        return new Mapping(before, specs, steps, roles, removes, objects);
    }

    /** True if nothing is done. */
    public boolean isEmpty() {
        return steps.isEmpty() && projection == null;
    }

    /** True if values, rows and the order of fields stay as they are, and at most names change. */
    public boolean onlyRenames() {
        return projection == null && specs.stream().allMatch(MapperSpec.Rename.class::isInstance);
    }

    /** True if rows may be filtered. */
    public boolean filters() {
        return specs.stream().anyMatch(MapperSpec.Filter.class::isInstance);
    }

    /**
     * What a source may leave out: rows that do not pass the filters at the beginning. Null if it may leave out none, as
     * where they go on as deletes.
     */
    public @Nullable RowFilter prefilter() {
        List<RowFilter> parts = new ArrayList<>();
        for (Step step : steps) {
            if (!(step instanceof FilterStep filter)) {
                break;
            }
            parts.addAll(filter.condition().filterParts());
        }
        return removes || parts.isEmpty() ? null : new RowFilter.All(parts);
    }

    /** True if rows that do not pass a filter go on as deletes. */
    public boolean removes() {
        return removes;
    }

    /** The fields of the rows as the source has them. */
    public Schema before() {
        return before;
    }

    /** The fields of the rows that go on. */
    public Schema schema() {
        return projection == null ? mapped() : projection.schema();
    }

    /** The fields behind the mappers. */
    private Schema mapped() {
        return steps.isEmpty() ? before : steps.getLast().schema();
    }

    /** The fields that the stream stands on, by the names that the mappers gave them. */
    public Roles roles() {
        return roles;
    }

    /** The name that a field of the source has in the end; null if it is gone or another value has its place. */
    public @Nullable String renamed(String field) {
        String name = renamedByMappers(field);
        return name == null || projection == null ? name : projection.copyOf(mapped(), name);
    }

    private @Nullable String renamedByMappers(String field) {
        String name = field;
        for (MapperSpec spec : specs) {
            if (spec instanceof MapperSpec.Rename(String from, String to)) {
                name = name.equals(from) ? to : name;
            } else if (name.equals(consumed(spec))) {
                return null;
            }
        }
        return name;
    }

    /** The field whose values are no longer the same after a mapper; null if there is none. */
    private static @Nullable String consumed(MapperSpec spec) {
        return switch (spec) {
            case MapperSpec.Hash hash -> hash.field();
            case MapperSpec.Encrypt encrypt -> encrypt.field();
            case MapperSpec.Remove remove -> remove.field();
            case MapperSpec.Select select -> select.field();
            case MapperSpec.Compute compute -> compute.replaces() ? compute.field() : null;
            case MapperSpec.Rename ignored -> null;
            case MapperSpec.Filter ignored -> null;
        };
    }

    /**
     * The fields of the source whose values must not be kept anywhere as they are: those that are hashed, encrypted, cut
     * or left out.
     */
    public Set<String> hidden() {
        Set<String> hidden = new LinkedHashSet<>();
        for (String name : before.names()) {
            if (renamedByMappers(name) == null) {
                hidden.add(name);
            }
        }
        return hidden;
    }

    /** The fields whose values come out as others each time, by their names in the end. */
    public Set<String> random() {
        Set<String> random = new LinkedHashSet<>();
        for (MapperSpec spec : specs) {
            String gone = spec instanceof MapperSpec.Rename rename ? rename.field() : consumed(spec);
            boolean wasRandom = gone != null && random.remove(gone);
            switch (spec) {
                case MapperSpec.Encrypt encrypt -> random.add(encrypt.field() + encrypt.suffix());
                case MapperSpec.Hash hash when wasRandom -> random.add(hash.field() + hash.suffix());
                case MapperSpec.Rename rename when wasRandom -> random.add(rename.to());
                default -> {}
            }
        }
        return random;
    }

    /** Where the values of the fields in the end come from. */
    public Origins origins() {
        Origins mapped = Origins.of(before, specs, steps);
        return projection == null ? mapped : mapped.projected(mapped(), projection);
    }

    /** True if values are hashed or encrypted, so that nobody may see them as they were. */
    public boolean isSecret() {
        return specs.stream().anyMatch(spec -> spec instanceof MapperSpec.Hash || spec instanceof MapperSpec.Encrypt);
    }

    /** What is done, in words for people and without secrets. */
    public List<String> words() {
        List<String> words =
                new ArrayList<>(specs.stream().map(MapperSpec::words).toList());
        if (projection != null) {
            projection.parts().forEach(part -> words.add(part.field().name() + " = " + part.words()));
        }
        return words;
    }

    /** A text that is another one if anything else is done to rows; it holds no secret. */
    public String signature() {
        StringBuilder text = new StringBuilder();
        for (MapperSpec spec : specs) {
            Secret secret = spec.secret();
            text.append(spec.words())
                    .append('\0')
                    .append(secret == null ? "" : secret.fingerprint())
                    .append('\0');
        }
        if (projection != null) {
            projection
                    .parts()
                    .forEach(part -> text.append(part.field().name())
                            .append('=')
                            .append(part.words())
                            .append('\0'));
        }
        return text.toString();
    }

    /**
     * Does it all to a batch. If nothing is to be done to any row, the batch itself goes on. Else it goes along with what was made of
     * it, unless some of it must not be seen by anybody.
     *
     * @param annotates true if a value that cannot be made becomes null with a mark, false if its row is rejected
     */
    public Mapped apply(RecordBatch batch, boolean annotates) {
        if (isEmpty()) {
            return new Mapped(batch, 0, new BitSet(), List.of());
        }
        Frame frame = new Frame(batch, annotates, removes);
        for (Step step : steps) {
            if (frame.batch().rows() > 0) {
                step.apply(frame);
            }
        }
        if (projection != null && frame.batch().rows() > 0) {
            projection.apply(frame);
        }
        Mapped mapped = frame.result(hides ? null : batch);
        return mapped.batch().rows() > 0
                ? mapped
                : new Mapped(empty(batch), mapped.dropped(), new BitSet(), mapped.rejections());
    }

    private RecordBatch empty(RecordBatch batch) {
        return RecordBatch.of(
                schema(),
                0,
                schema().fields().stream()
                        .map(field -> dev.sluice.spi.data.ColumnBuilder.of(field.type(), 0)
                                .build())
                        .toList(),
                batch.extractedAt());
    }
}
