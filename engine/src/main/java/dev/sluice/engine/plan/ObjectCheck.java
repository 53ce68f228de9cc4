package dev.sluice.engine.plan;

import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows of a stream can become the objects that are asked for, as the plan of a run would find it.
 *
 * @param mapping what is done to the rows; null if they cannot
 * @param mistakes everything that is in the way
 */
public record ObjectCheck(@Nullable Mapping mapping, List<Mistake> mistakes) {
    public ObjectCheck {
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Something that is in the way.
     *
     * @param setting the setting of the stream that is wrong, in the words of {@link
     *     dev.sluice.engine.words.StreamWords}
     * @param field the field of the object that it is about; null if it is about none
     * @param problem what is wrong
     */
    public record Mistake(String setting, @Nullable String field, Problem problem) {}

    /**
     * Looks at a stream whose rows become objects. Asks the destination.
     *
     * @throws ProblemException of another kind than {@code CONFIG}, if the destination cannot be asked
     */
    public static ObjectCheck of(CatalogStream stream, StreamSettings settings, Destination destination) {
        ObjectSettings objects = Objects.requireNonNull(settings.rows().object());
        Schema schema;
        Mapping mappers;
        String looking = "selectedFields";
        try {
            schema = FieldChoice.select(stream, settings.fields());
            looking = "mappers";
            mappers = StreamMapping.of(stream, settings, schema);
        } catch (ProblemException wrong) {
            return new ObjectCheck(null, List.of(new Mistake(looking, null, wrong.problem())));
        }
        return ObjectPlanner.check(stream, settings, objects, mappers, destination);
    }

    /** What a way to write objects is called: insert, upsert, update, soft_delete or delete. */
    public static String method(DestinationSyncMode method) {
        return ObjectPlanner.word(method);
    }

    static ObjectCheck failed(ProblemException wrong) {
        String setting = setting(wrong.problem().code());
        if (setting == null) {
            throw wrong;
        }
        return new ObjectCheck(null, List.of(new Mistake(setting, null, wrong.problem())));
    }

    /** The setting that a refusal is about; null if it is about none. */
    private static @Nullable String setting(String code) {
        return switch (code) {
            case "E_OBJECT_UNKNOWN" -> "destinationObjectName";
            case "E_OBJECT_METHOD", "E_MODE_UNSUPPORTED" -> "syncMode";
            case "E_OBJECT_KEY" -> "matchingKey";
            case "E_OBJECT_FIELD" -> "mappedFields";
            case "E_CURSOR_MISSING", "E_FIELD_NOT_FOUND" -> "cursorField";
            default -> null;
        };
    }
}
