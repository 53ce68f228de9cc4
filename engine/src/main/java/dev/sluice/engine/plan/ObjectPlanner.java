package dev.sluice.engine.plan;

import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.ObjectSettings.MappedField;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.expr.Expression;
import dev.sluice.engine.expr.Syntax;
import dev.sluice.engine.map.Mapping;
import dev.sluice.engine.map.Projection;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a mapping of a stream to objects of a system against what the system takes, before anything is sent (data activation).
 * What Airbyte's server refuses when such a connection is saved is refused here, each with its place and its remedy.
 */
final class ObjectPlanner {
    private final CatalogStream stream;
    private final StreamSettings settings;
    private final ObjectSettings wanted;
    private final Destination destination;
    private final List<ObjectCheck.Mistake> mistakes = new ArrayList<>();

    private ObjectPlanner(
            CatalogStream stream, StreamSettings settings, ObjectSettings wanted, Destination destination) {
        this.stream = stream;
        this.settings = settings;
        this.wanted = wanted;
        this.destination = destination;
    }

    /**
     * How a stream becomes objects.
     *
     * @param mode how it is read and written
     * @param cursor the field that tells what is new; null if the source knows, or everything is read
     * @param mapping what is done to its rows
     * @param write how objects are found and written
     * @param object which objects
     */
    record Objects(StreamMode mode, @Nullable FieldPath cursor, Mapping mapping, WriteMode write, ObjectWrite object) {}

    /**
     * Settles it.
     *
     * @param mappers what is done to the rows that are read, before they become objects
     * @throws ProblemException of kind {@code CONFIG} if the system does not take what would be sent
     */
    static Objects plan(
            CatalogStream stream,
            StreamSettings settings,
            ObjectSettings wanted,
            Mapping mappers,
            Destination destination) {
        return new ObjectPlanner(stream, settings, wanted, destination).plan(mappers);
    }

    /** Everything that is wrong, and not the first only; the mapping where nothing is. */
    static ObjectCheck check(
            CatalogStream stream,
            StreamSettings settings,
            ObjectSettings wanted,
            Mapping mappers,
            Destination destination) {
        ObjectPlanner planner = new ObjectPlanner(stream, settings, wanted, destination);
        try {
            return new ObjectCheck(planner.plan(mappers).mapping(), List.of());
        } catch (ProblemException wrong) {
            return planner.mistakes.isEmpty() ? ObjectCheck.failed(wrong) : new ObjectCheck(null, planner.mistakes);
        }
    }

    private Objects plan(Mapping mappers) {
        List<ObjectOperation> operations = destination.operations(wanted.object());
        if (operations.isEmpty()) {
            throw unknownObject();
        }
        StreamMode mode = mode(operations);
        ObjectOperation operation = operations.stream()
                .filter(each -> each.method() == mode.write())
                .findFirst()
                .orElseThrow(() -> badMode(mode, operations));
        FieldPath cursor = cursor(mode);
        List<String> key = key(operation);
        Projection projection = new Projection(parts(operation, mappers.schema(), key));
        Set<String> kept = wanted.fields().stream()
                .filter(field -> field.nulls() == ObjectSettings.Nulls.KEEP && !key.contains(field.to()))
                .map(MappedField::to)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        WriteMode write =
                new WriteMode(mode.write(), key.stream().map(FieldPath::of).toList(), null);
        return new Objects(mode, cursor, mappers.projecting(projection), write, new ObjectWrite(wanted.object(), kept));
    }

    private ProblemException unknownObject() {
        List<String> names = destination.operations(null).stream()
                .map(ObjectOperation::object)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return problem("E_OBJECT_UNKNOWN", "the destination has no objects that could be written")
                    .because("it makes its own tables, and is none of those that data can be activated in")
                    .fix("leave `object` out to copy the stream")
                    .exception();
        }
        return problem("E_OBJECT_UNKNOWN", "the destination has no object " + wanted.object())
                .because("it does not exist, or the credentials do not allow writing it; there are " + some(names))
                .fix(near(wanted.object(), names))
                .exception();
    }

    private StreamMode mode(List<ObjectOperation> operations) {
        StreamMode mode = settings.mode();
        if (mode == null) {
            throw problem("E_OBJECT_METHOD", "it is not said how objects shall be written")
                    .fix("name a `mode`: " + String.join(", ", possible(operations)))
                    .exception();
        }
        return mode;
    }

    private ProblemException badMode(StreamMode mode, List<ObjectOperation> operations) {
        return problem("E_OBJECT_METHOD", wanted.object() + " cannot be written in the mode " + mode.key())
                .fix("choose one of: " + String.join(", ", possible(operations)))
                .exception();
    }

    /** The modes that fit the stream and the object, by the names of project files. */
    private List<String> possible(List<ObjectOperation> operations) {
        Set<String> names = new LinkedHashSet<>();
        for (SyncMode read : stream.syncModes().stream().sorted().toList()) {
            for (ObjectOperation operation : operations) {
                // What is gone shows only where all is read.
                if (read == SyncMode.INCREMENTAL && operation.method() == DestinationSyncMode.MIRROR) {
                    continue;
                }
                names.add((read == SyncMode.INCREMENTAL ? "incremental_" : "full_refresh_") + word(operation.method()));
            }
        }
        return List.copyOf(names);
    }

    /** What a method is called in a project file. */
    static String word(DestinationSyncMode method) {
        return switch (method) {
            case APPEND, OVERWRITE -> "insert";
            case APPEND_DEDUP, OVERWRITE_DEDUP -> "upsert";
            case UPDATE -> "update";
            case SOFT_DELETE -> "soft_delete";
            case DELETE -> "delete";
            case MIRROR -> "mirror";
        };
    }

    private @Nullable FieldPath cursor(StreamMode mode) {
        if (mode.read() == SyncMode.FULL_REFRESH) {
            return null;
        }
        if (!stream.syncModes().contains(SyncMode.INCREMENTAL)) {
            throw problem("E_MODE_UNSUPPORTED", "the source cannot read this stream incrementally")
                    .fix("read it whole: `mode: full_refresh_" + word(mode.write()) + "`")
                    .exception();
        }
        FieldPath cursor = stream.cursor().sourceDefined() || settings.cursor() == null
                ? stream.cursor().field()
                : settings.cursor();
        if (cursor == null && !stream.cursor().sourceDefined()) {
            throw problem("E_CURSOR_MISSING", "an incremental read needs a cursor")
                    .fix("name the field that grows with every change: `cursor: updated_at`")
                    .exception();
        }
        if (cursor != null) {
            FieldChoice.require(stream, cursor.column(), "there is no field " + cursor.column() + " to be the cursor");
        }
        return cursor;
    }

    private List<String> key(ObjectOperation operation) {
        List<List<String>> candidates = operation.matchingKeys();
        List<String> asked = wanted.matching();
        if (candidates.isEmpty()) {
            if (!asked.isEmpty()) {
                throw problem(
                                "E_OBJECT_KEY",
                                "nothing is matched where objects are only " + word(operation.method()) + "ed")
                        .fix("leave `matching` out")
                        .exception();
            }
            return List.of();
        }
        if (asked.isEmpty() && candidates.size() == 1) {
            return candidates.getFirst();
        }
        return candidates.stream()
                .filter(candidate -> new HashSet<>(candidate).equals(new HashSet<>(asked)))
                .findFirst()
                .orElseThrow(() -> problem(
                                "E_OBJECT_KEY",
                                asked.isEmpty()
                                        ? "it is not said by what an object is found"
                                        : "objects cannot be found by " + String.join(", ", asked))
                        .because("the system finds them by "
                                + candidates.stream()
                                        .map(candidate -> String.join(" and ", candidate))
                                        .collect(Collectors.joining(", or by ")))
                        .fix("name one of these: `matching: [" + String.join(", ", candidates.getFirst()) + "]`")
                        .exception());
    }

    private List<Projection.Part> parts(ObjectOperation operation, Schema schema, List<String> key) {
        List<Projection.Part> parts = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (MappedField field : wanted.fields()) {
            try {
                if (!taken.add(field.to())) {
                    throw problem("E_OBJECT_FIELD", "the field " + field.to() + " is mapped twice")
                            .fix("keep one of them; `coalesce(a, b)` takes the first of several that is there")
                            .exception();
                }
                parts.add(part(operation, field, schema, key.contains(field.to())));
            } catch (ProblemException wrong) {
                mistakes.add(new ObjectCheck.Mistake("mappedFields", field.to(), wrong.problem()));
            }
        }
        for (ObjectField field : operation.fields()) {
            boolean needed = field.required() || key.contains(field.name());
            if (needed && !taken.contains(field.name())) {
                mistakes.add(new ObjectCheck.Mistake(
                        "mappedFields",
                        field.name(),
                        problem(
                                        "E_OBJECT_REQUIRED",
                                        "nothing is mapped to the field " + field.name() + " of " + operation.object())
                                .because(
                                        key.contains(field.name())
                                                ? "objects are found by it"
                                                : "the system takes no object without it")
                                .fix("add it to `map`: `" + field.name() + ": " + likely(field.name(), schema) + "`")));
            }
        }
        if (parts.isEmpty() && mistakes.isEmpty()) {
            throw problem("E_OBJECT_FIELD", "no field is mapped")
                    .fix("name at least one under `map`, such as `email: email`")
                    .exception();
        }
        if (!mistakes.isEmpty()) {
            throw mistakes.getFirst().problem().exception();
        }
        return parts;
    }

    private static String likely(String field, Schema schema) {
        return schema.indexOf(field).isPresent()
                ? field
                : NearNames.nearest(field, schema.names()).orElse("...");
    }

    /** A part; what objects are found by no row may be without. */
    private Projection.Part part(ObjectOperation operation, MappedField mapped, Schema schema, boolean isKey) {
        Expression value = value(mapped, schema);
        Optional<ObjectField> known = operation.find(mapped.to());
        if (known.isEmpty() && !operation.additionalFields()) {
            throw problem(
                            "E_OBJECT_FIELD",
                            operation.object() + " has no field " + mapped.to() + " that can be written")
                    .because("its fields are " + some(operation.names()))
                    .fix(near(mapped.to(), operation.names()))
                    .exception();
        }
        // A field of which the system does not say what it takes gets values as they are.
        ObjectField field = known.map(each -> each.field().type() instanceof DataType.UnknownType
                        ? new ObjectField(
                                new Field(mapped.to(), value.type()), each.label(), each.required(), each.allowed())
                        : each)
                .orElseGet(() -> new ObjectField(new Field(mapped.to(), value.type()), mapped.to(), false, List.of()));
        Expression fitting = value.as(field.field().type())
                .orElseThrow(() -> problem(
                                "E_OBJECT_TYPE",
                                "the field " + field.name() + " is a "
                                        + field.field().type().notation() + " and "
                                        + mapped.from().words() + " a "
                                        + value.type().notation())
                        .fix("make one of the other by an expression, or map another field")
                        .exception());
        ObjectField needed = new ObjectField(field.field(), field.label(), field.required() || isKey, field.allowed());
        return new Projection.Part(needed, fitting, mapped.from().words());
    }

    private Expression value(MappedField mapped, Schema schema) {
        Syntax syntax = switch (mapped.from()) {
            case ObjectSettings.Origin.SourceField(String name) -> {
                if (schema.indexOf(name).isEmpty()) {
                    throw problem("E_OBJECT_FIELD", "there is no field " + name + " to be mapped to " + mapped.to())
                            .because("the fields are " + some(schema.names()))
                            .fix(near(name, schema.names()))
                            .exception();
                }
                yield new Syntax.Name(name, 0);
            }
            case ObjectSettings.Origin.Constant(Object constant) ->
                Syntax.literal(constant instanceof Number number ? new BigDecimal(number.toString()) : constant);
            case ObjectSettings.Origin.Computed(String expression) -> Syntax.parse(expression);
        };
        return Expression.of(syntax, schema);
    }

    private static String near(String name, List<String> names) {
        return NearNames.nearest(name, names)
                .map(found -> "did you mean " + found + "?")
                .orElse("choose one of them");
    }

    /** Some of many names. */
    private static String some(List<String> names) {
        int most = 30;
        return names.stream().limit(most).collect(Collectors.joining(", "))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    private Problem problem(String code, String message) {
        return Problem.of(code, ProblemKind.CONFIG, message).at(stream.id() + " to " + wanted.object());
    }
}
