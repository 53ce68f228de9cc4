package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.activation.BulkVendors.End;
import dev.sluice.lowcode.activation.Sending.Wish;
import dev.sluice.lowcode.activation.VendorsTest.Shipped;
import dev.sluice.lowcode.source.FakeService;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large loads become jobs of the system, and each record ends as the job tells. */
class BulkVendorsTest {
    @TempDir
    Path memory;

    private static final Map<String, Map<String, Object>> CONFIGS = Map.of(
            "salesforce", Map.of("client_id", "id", "client_secret", "s3cret"),
            "zendesk", Map.of("subdomain", "x", "email", "a@x.org", "api_token", "token"),
            "klaviyo", Map.of("api_key", "token"));

    private static final Wish ACCOUNTS = Wish.upsert("Account", "Ref__c", "Ref__c", "Name");

    private static Destination open(Sending host, String vendor, FakeService service) {
        Map<String, Object> config = new HashMap<>(Objects.requireNonNull(CONFIGS.get(vendor)));
        config.put("url", service.url());
        config.put("instance_url", service.url());
        return host.open(new Shipped(vendor), config);
    }

    private static List<List<@Nullable Object>> rows(int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(List.of("k" + i + "@x.org", i == 4 || i == 17 ? "bad" : "n" + i));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "zendesk", "klaviyo"})
    void aLargeLoadIsAJobAndOnlyTheBadRecordsAreRejected(String vendor) {
        int count = vendor.equals("salesforce") ? 2500 : vendor.equals("zendesk") ? 130 : 60;
        Wish wish = switch (vendor) {
            case "salesforce" -> ACCOUNTS;
            case "zendesk" -> Wish.upsert("users", "email", "email", "name");
            default -> Wish.upsert("profiles", "email", "email", "first_name");
        };
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = open(host, vendor, service)) {
            service.answer(system.of(vendor));
            assertThat(destination.plan(Sending.spec(destination, wish, 1)).notes())
                    .anyMatch(note -> note.matches("from \\d+ changed records of a batch on, up to \\d+ at once"));
            Committable done = host.run(destination, wish, 1, rows(count));

            assertThat(done.rows()).isEqualTo(count - 2);
            assertThat(system.taken()).hasSize(count - 2);
            assertThat(system.jobs()).isEqualTo(vendor.equals("zendesk") ? 2 : 1);
            assertThat(host.rejects())
                    .hasSize(2)
                    .allMatch(reject -> reject.equals(
                            switch (vendor) {
                                case "salesforce" -> "STRING_TOO_LONG: STRING_TOO_LONG:data value too large:Name --";
                                case "zendesk" -> "UserCreateError: Name: is not allowed";
                                default -> "invalid: Invalid name";
                            }));
            assertThat(host.pauses()).as("the job was waited for").isNotEmpty();

            int asked = service.asked().size();
            Committable again = host.run(destination, wish, 2, rows(count).subList(20, count));
            assertThat(again.unchanged()).isEqualTo(count - 20);
            assertThat(service.asked().stream().skip(asked))
                    .noneMatch(each -> each.method().equals("PUT"));
        }
    }

    @Test
    void withoutAKeyAFailureIsToldByTheFieldsThatItRepeats() {
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = open(host, "salesforce", service)) {
            service.answer(system.of("salesforce"));
            List<List<@Nullable Object>> rows = rows(2100);
            rows.add(rows.get(4)); // another that is just like it
            rows.set(50, Arrays.asList("k50@x.org", null));
            Committable done = host.run(destination, Wish.insert("Account", "Ref__c", "Name"), 1, rows);

            assertThat(done.rows()).isEqualTo(2098);
            assertThat(host.rejects()).hasSize(3);
            assertThat(system.taken())
                    .as("a null empties the field")
                    .contains(Map.of("Ref__c", "k50@x.org", "Name", "#N/A"));
        }
    }

    @Test
    void aJobThatDidNothingEndsTheStreamAndItsRecordsAreSentByTheNextRun() {
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = open(host, "salesforce", service)) {
            service.answer(system.of("salesforce"));
            system.endNextJob(End.BEFORE_IT_BEGAN);
            Wish insert = Wish.insert("Account", "Ref__c", "Name");
            assertThatThrownBy(() -> host.run(destination, insert, 1, rows(2100)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("job1")
                    .hasMessageContaining("did not do its work");
            assertThat(host.rejects()).isEmpty();

            assertThat(host.run(destination, insert, 1, rows(2100)).rows()).isEqualTo(2098);
            assertThat(system.taken()).hasSize(2098);
        }
    }

    @Test
    void aJobThatBrokeOffLeavesInsertsInDoubtAndTheyAreNotSentAgain() {
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = open(host, "salesforce", service)) {
            service.answer(system.of("salesforce"));
            system.endNextJob(End.IN_THE_MIDDLE);
            Committable done = host.run(destination, Wish.insert("Account", "Ref__c", "Name"), 1, rows(2100));

            assertThat(done.rows()).isZero();
            assertThat(host.rejects())
                    .hasSize(2100)
                    .allMatch(reject -> reject.startsWith("IN_DOUBT") && reject.contains("job1"));
            assertThat(system.jobs()).isEqualTo(1);
        }
    }

    @Test
    void aLostAnswerToWhatSetsAJobOffIsMadeUpForByItsStatus() {
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = open(host, "salesforce", service)) {
            service.answer(system.of("salesforce"));
            system.forgetNextStart();
            Committable done = host.run(destination, Wish.insert("Account", "Ref__c", "Name"), 1, rows(2100));

            assertThat(done.rows()).isEqualTo(2098);
            assertThat(system.taken()).hasSize(2098);
            assertThat(system.jobs()).isEqualTo(1);
        }
    }

    /** What the ledger said while the job was being made, as if the run had been killed there. */
    @Test
    void aJobOfAKilledRunIsInDoubtThoughSingleRequestsAreKnownAgain() throws IOException {
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        Map<Path, byte[]> killed = new HashMap<>();
        Wish tickets = Wish.insert("tickets", "subject", "comment");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(List.of("t" + i, "{\"body\": \"x\"}"));
        }
        try (FakeService service = new FakeService();
                Destination destination = open(host, "zendesk", service)) {
            service.answer(asked -> {
                if (asked.method().equals("POST")) {
                    snapshot(killed);
                }
                return system.zendesk(asked);
            });
            assertThat(host.run(destination, tickets, 1, rows).rows()).isEqualTo(30);
            assertThat(system.jobs()).isEqualTo(1);
            for (Map.Entry<Path, byte[]> file : killed.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
            host.run(destination, tickets, 1, rows);
            assertThat(host.rejects()).hasSize(30).allMatch(reject -> reject.startsWith("IN_DOUBT"));
            assertThat(system.jobs()).isEqualTo(1);
        }
    }

    private void snapshot(Map<Path, byte[]> files) {
        try (Stream<Path> all = Files.walk(memory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aJobThatBrokeOffIsDoneOnceMoreWhereThatChangesNothing() {
        BulkVendors system = new BulkVendors();
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = open(host, "salesforce", service)) {
            service.answer(system.of("salesforce"));
            system.endNextJob(End.IN_THE_MIDDLE);
            assertThatThrownBy(() -> host.run(destination, ACCOUNTS, 1, rows(2100)))
                    .isInstanceOf(ProblemException.class);
            assertThat(host.run(destination, ACCOUNTS, 1, rows(2100)).rows()).isEqualTo(2098);
        }
    }
}
