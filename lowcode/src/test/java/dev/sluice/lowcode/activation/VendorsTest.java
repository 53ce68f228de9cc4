package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.source.FakeService;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that are shipped, against systems that behave as their vendors document it. */
class VendorsTest {
    private static final int ROWS = 23;

    @TempDir
    Path memory;

    static Stream<Vendor> vendors() {
        return Vendors.all();
    }

    /** A definition that is shipped. */
    static final class Shipped extends DeclarativeConnector {
        Shipped(String name) {
            super(name);
        }
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void allButTheBadRecordsArriveAndTheirReasonsAreTold(Vendor vendor) {
        Map<Object, Object> taken = new ConcurrentHashMap<>();
        List<Reply> before = new CopyOnWriteArrayList<>(List.of(vendor.limits().tooMany()));
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = host.open(new Shipped(vendor.name()), config(vendor, service.url()))) {
            service.answer(vendor.service(taken, before));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(List.of("k" + i + "@x.org", i == 4 || i == 17 ? "bad" : "n" + i));
            }
            Committable done = host.run(destination, vendor.wish(), 1, rows);

            assertThat(done.rows()).isEqualTo(ROWS - 2);
            assertThat(host.rejects())
                    .containsExactly(vendor.limits().reject(), vendor.limits().reject());
            assertThat(taken).hasSize(ROWS - 2).doesNotContainKeys("k4@x.org", "k17@x.org");
            assertThat(before).as("it was asked to slow down").isEmpty();
            assertThat(host.pauses()).isNotEmpty();
        }
    }

    private static Map<String, Object> config(Vendor vendor, String url) {
        Map<String, Object> config = new HashMap<>(vendor.config());
        config.put("url", url);
        config.put("instance_url", url);
        return config;
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
    void eachDefinitionCanBeReadAndSaysWhatItIs(String name) throws IOException {
        Shipped shipped = new Shipped(name);
        assertThat(shipped.title()).isNotEqualTo(name);
        assertThat(shipped.summary()).endsWith(".");
        assertThat(shipped.spec()).contains("\"title\"", "detect_changes");
        assertThat(shipped.modes()).isNotEmpty();
    }
}
