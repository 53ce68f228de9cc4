package dev.sluice.connector.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.connector.DestinationConnector;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The systems that are found by their names. */
class NamesTest {
    @Test
    void eachIsFoundAndHasItsDefinition() {
        List<DestinationConnector> found = StreamSupport.stream(
                        ServiceLoader.load(DestinationConnector.class).spliterator(), false)
                .toList();
        assertThat(found.stream().map(DestinationConnector::name))
                .containsExactly(
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
                        "zendesk");
        assertThat(found).allSatisfy(each -> assertThat(each.spec()).contains("\"properties\""));
    }
}
