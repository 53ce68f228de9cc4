package dev.sluice.server.api.open;

import dev.sluice.engine.plan.ObjectCheck.Mistake;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.DestinationObjects.Refused;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with streams whose rows become objects, each thing at the field of the request that it is about. */
public final class ObjectRefusals {
    private ObjectRefusals() {}

    /**
     * Holds streams against what the destination takes.
     *
     * @throws Refusal of the status 422, if it takes something else
     */
    static void require(Features features, UUID destinationId, Catalog catalog, List<ConnectionStream> streams) {
        List<Refused> refused = features.work.previews().objects().check(destinationId, catalog, streams);
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Refused each : refused) {
            for (int i = 0; i < streams.size(); i++) {
                if (streams.get(i).stream().equals(each.stream())) {
                    errors.addAll(errors("configurations.streams[" + i + "].", streams.get(i), each.mistakes()));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw refusal(errors);
        }
    }

    /** The refusal for things that are wrong. */
    public static Refusal refusal(List<Map<String, Object>> errors) {
        return Refusal.unprocessable(
                String.valueOf(errors.getFirst().get("message"))
                        + (errors.size() == 1 ? "" : "; and " + (errors.size() - 1) + " more"),
                errors);
    }

    /**
     * What is wrong with a stream.
     *
     * @param before what goes before the names of its settings in the paths
     */
    public static List<Map<String, Object>> errors(String before, ConnectionStream stream, List<Mistake> mistakes) {
        Map<String, @Nullable Object> words = JsonText.object(stream.settings().text());
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            Problem problem = mistake.problem();
            errors.add(new Shown()
                    .with("path", before + path(words, mistake))
                    .with("field", mistake.field())
                    .with("code", problem.code())
                    .with("message", problem.message())
                    .with("why", problem.why())
                    .with("fix", problem.fix())
                    .object());
        }
        return errors;
    }

    /** Where the fields are written as Airbyte does it, its settings are named. */
    private static String path(Map<String, @Nullable Object> words, Mistake mistake) {
        if (!(words.get("mappedFields") instanceof List<?> fields)) {
            return switch (mistake.setting()) {
                case "mappedFields" -> "selectedFields";
                case "matchingKey" -> "primaryKey";
                default -> mistake.setting();
            };
        }
        if (mistake.setting().equals("mappedFields") && mistake.field() != null) {
            for (int i = 0; i < fields.size(); i++) {
                if (Objects.equals(JsonText.members(fields.get(i)).get("to"), mistake.field())) {
                    return "mappedFields[" + i + "]";
                }
            }
        }
        return mistake.setting();
    }
}
