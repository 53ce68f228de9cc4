package dev.sluice.engine.map;

import static dev.sluice.engine.map.Batches.ID;
import static dev.sluice.engine.map.Batches.filter;
import static dev.sluice.engine.map.Batches.hash;
import static dev.sluice.engine.map.Batches.mapping;
import static dev.sluice.engine.map.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.map.Origins.How;
import dev.sluice.engine.map.Origins.Origin;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where values come from, through mappers that follow each other. */
class OriginsTest {
    private static final Schema PEOPLE = Schema.of(ID, text("email"), text("city"), text("country"));

    private static Origin origin(How how, String... fields) {
        return new Origin(Set.of(fields), how);
    }

    @Test
    void fieldsAreFollowedThroughMappers() {
        Origins origins = mapping(
                        PEOPLE,
                        new MapperSpec.Rename("city", "town"),
                        hash("email"),
                        new MapperSpec.Compute("place", "town || country", false),
                        new MapperSpec.Compute("copy", "town", false),
                        new MapperSpec.Compute("mark", "'x'", false),
                        new MapperSpec.Compute("seen", "length(email_hashed)", false),
                        filter("town <> 'Rome'"),
                        new MapperSpec.Remove("country"))
                .origins();

        assertThat(origins.fields())
                .containsEntry("id", origin(How.SAME, "id"))
                .containsEntry("town", origin(How.SAME, "city"))
                .containsEntry("email_hashed", origin(How.HIDDEN, "email"))
                .containsEntry("place", origin(How.CHANGED, "city", "country"))
                .containsEntry("copy", origin(How.SAME, "city"))
                .containsEntry("mark", origin(How.CHANGED))
                .containsEntry("seen", origin(How.HIDDEN, "email"))
                .doesNotContainKeys("city", "email", "country");
        assertThat(origins.filters()).containsExactly("city");
        assertThat(origins.fields().keySet())
                .as("they are the fields that go on")
                .containsExactlyInAnyOrderElementsOf(
                        List.of("id", "town", "email_hashed", "place", "copy", "mark", "seen"));
    }

    @Test
    void withoutMappersEachComesFromItself() {
        Origins origins = Mapping.none(PEOPLE).origins();

        assertThat(origins.fields()).hasSize(4).containsEntry("city", origin(How.SAME, "city"));
        assertThat(origins.filters()).isEmpty();
    }
}
