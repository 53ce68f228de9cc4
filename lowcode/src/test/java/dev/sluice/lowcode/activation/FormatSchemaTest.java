package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.schema.SchemaCheck;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON schema that editors use says what the reader of definitions says. */
class FormatSchemaTest {
    private static Object resource(String name) throws IOException {
        return JsonValues.read(text(name).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = FormatSchemaTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The schema without references, which the check does not follow. */
    private static Object whole(Object schema, Object all) {
        return switch (schema) {
            case Map<?, ?> map
            when map.get("$ref") instanceof String reference ->
                whole(Values.member(Values.member(all, "$defs"), reference.replace("#/$defs/", "")), all);
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((name, each) -> {
                    if (!"$defs".equals(name)) {
                        copy.put(name, whole(Values.requireDefined(each), all));
                    }
                });
                yield copy;
            }
            case List<?> list ->
                list.stream()
                        .map(each -> whole(Values.requireDefined(each), all))
                        .toList();
            default -> schema;
        };
    }

    /** A definition without what editors find allowed everywhere, such as {@code $ref}. */
    private static Object bare(Object definition) {
        return switch (definition) {
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((name, each) -> {
                    if (!Values.str(name).startsWith("$")) {
                        copy.put(name, bare(Values.requireDefined(each)));
                    }
                });
                yield copy;
            }
            case List<?> list ->
                list.stream().map(each -> bare(Values.requireDefined(each))).toList();
            default -> definition;
        };
    }

    private static List<String> problems(String definition) throws IOException {
        Object schema = resource("destination.schema.json");
        Object root = Manifest.resolved("test", definition).root().values();
        return SchemaCheck.problems(bare(root), whole(schema, schema));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "airtable",
                "braze",
                "customer-io",
                "directus",
                "google-sheets",
                "hubspot",
                "intercom",
                "klaviyo",
                "mailchimp",
                "notion",
                "rest",
                "salesforce",
                "slack",
                "webhook",
                "zendesk"
            })
    void eachDefinitionThatIsShippedFits(String name) throws IOException {
        assertThat(problems(text(name + ".yaml"))).isEmpty();
    }

    @Test
    void mistakesDoNotFit() throws IOException {
        assertThat(problems(ObjectStore.DEFINITION)).isEmpty();
        assertThat(problems(ObjectStore.DEFINITION.replace("max_records: 4", "max_record: 4")))
                .isNotEmpty();
        assertThat(problems(ObjectStore.DEFINITION.replace("type: by_index", "type: by_place")))
                .isNotEmpty();
        assertThat(problems(ObjectStore.DEFINITION.replace("objects:", "things:")))
                .isNotEmpty();
    }

    /** The page for authors, where the checkout has it. */
    @Test
    void theGuideNamesEachMemberOfTheParts() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "guide", "destinations.md"));
        for (String part :
                List.of("operation", "batch", "results", "find", "job", "status", "large", "fields", "signature")) {
            for (String member : FormatSchema.members(part)) {
                assertThat(guide).as(part).contains(member);
            }
        }
    }
}
