package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.activation.Sending.Wish;
import dev.sluice.lowcode.activation.VendorsTest.Shipped;
import dev.sluice.lowcode.source.FakeService;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems that know no upsert: what is there is looked for, changed, and made where it is not. */
class OfficeVendorsTest {
    private static final Wish PEOPLE = Wish.upsert("People", "Name", "Name", "Note", "Score", "Stage", "Since");

    @TempDir
    Path memory;

    private final OfficeVendors system = new OfficeVendors();

    private static List<@Nullable Object> person(String name, @Nullable String note, int score) {
        return Arrays.asList(name, note, score, "new", "2026-01-02");
    }

    private Destination notion(Sending host, FakeService service) {
        service.answer(system::notion);
        return host.open(new Shipped("notion"), Map.of("token", "token", "url", service.url()));
    }

    @Test
    void pagesAreWrittenWithThePropertiesOfTheirDatabase() {
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = notion(host, service)) {
            assertThat(destination.operations(null).stream().map(each -> each.object() + " " + each.method()))
                    .containsExactly("People APPEND", "People APPEND_DEDUP", "People UPDATE", "People SOFT_DELETE");
            system.refuseNext(429);
            Committable done = host.run(
                    destination, PEOPLE, 1, List.of(person("a", "x", 1), person("b", null, 500), person("c", "z", 3)));

            assertThat(done.rows()).isEqualTo(2);
            assertThat(host.rejects()).containsExactly("validation_error: Score should be at most 100.");
            assertThat(host.pauses())
                    .as("it was left alone for as long as it said")
                    .anyMatch(pause -> pause.compareTo(Duration.ofSeconds(7)) >= 0);
            assertThat(system.pages()).hasSize(2);
            assertThat(JsonValues.write(system.pages()))
                    .contains(
                            "\"Name\":{\"title\":[{\"text\":{\"content\":\"a\"}}]}",
                            "\"Score\":{\"number\":1.0}",
                            "\"Stage\":{\"select\":{\"name\":\"new\"}}",
                            "\"Since\":{\"date\":{\"start\":\"2026-01-02\"}}");
        }
    }

    @Test
    void aPageThatIsThereIsChangedAndOneThatMayHaveBeenMadeIsFound() {
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = notion(host, service)) {
            system.spoilNext(500); // it was made, and nobody heard of it
            host.run(destination, PEOPLE, 1, List.of(person("a", "x", 1)));
            assertThat(system.pages()).hasSize(1);

            host.run(destination, PEOPLE, 2, List.of(person("a", null, 2), person("d", "y", 4)));
            assertThat(system.pages()).hasSize(2);
            assertThat(JsonValues.write(system.pages().getFirst()))
                    .as("a null empties the property")
                    .contains("\"Note\":{\"rich_text\":[]}", "\"Score\":{\"number\":2.0}");
            long asked = service.asked().size();
            assertThat(host.run(destination, PEOPLE, 3, List.of(person("a", null, 2), person("d", "y", 4)))
                            .unchanged())
                    .isEqualTo(2);
            assertThat(service.asked().stream()
                            .skip(asked)
                            .filter(each -> each.path().contains("pages")))
                    .isEmpty();
        }
    }

    private static String key() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private Destination sheets(Sending host, FakeService service) throws NoSuchAlgorithmException {
        service.answer(system::sheets);
        String account = JsonValues.write(Map.of("client_email", "robot@x.org", "private_key", key()));
        return host.open(
                new Shipped("google-sheets"),
                Map.of(
                        "spreadsheet",
                        "https://docs.google.com/spreadsheets/d/sheet-1/edit#gid=0",
                        "credentials",
                        Map.of("auth_type", "Service", "service_account_info", account),
                        "url",
                        service.url(),
                        "token_url",
                        service.url() + "/token"));
    }

    @Test
    void rowsOfASheetHaveTheirValuesWhereTheFirstRowHasTheirNames() throws NoSuchAlgorithmException {
        Wish insert = Wish.insert("People", "Score", "Mail");
        Wish upsert = Wish.upsert("People", "Mail", "Mail", "Score", "Name");
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = sheets(host, service)) {
            system.refuseNext(429);
            host.run(destination, insert, 1, List.of(List.of(7, "a@x.org"), List.of(8, "b@x.org")));
            assertThat(system.rows())
                    .containsExactly(
                            row("a@x.org", None.NONE, None.NONE, 7L), row("b@x.org", None.NONE, None.NONE, 8L));
            assertThat(system.assertions().getFirst().toString())
                    .contains("robot@x.org", "https://www.googleapis.com/auth/spreadsheets");

            List<List<@Nullable Object>> rows =
                    List.of(Arrays.asList("b@x.org", null, "Berta"), List.of("c@x.org", 9, "=1+1"));
            host.run(destination, upsert, 2, rows);
            assertThat(system.rows())
                    .as("one row was found and changed, one was added")
                    .containsExactly(
                            row("a@x.org", None.NONE, None.NONE, 7L),
                            row("b@x.org", "Berta", None.NONE, ""),
                            row("c@x.org", "=1+1", None.NONE, 9L));
            assertThat(host.run(destination, upsert, 3, rows).unchanged()).isEqualTo(2);
        }
    }

    @Test
    void rowsThatMayHaveBeenAddedAreInDoubtWithoutAKeyAndFoundWithOne() throws NoSuchAlgorithmException {
        Sending host = new Sending(memory);
        try (FakeService service = new FakeService();
                Destination destination = sheets(host, service)) {
            system.spoilNext(500);
            host.run(destination, Wish.insert("People", "Mail"), 1, List.of(List.of("a@x.org")));
            assertThat(host.rejects()).singleElement().asString().startsWith("IN_DOUBT");

            system.spoilNext(500);
            Wish upsert = new Wish(
                    "People",
                    DestinationSyncMode.APPEND_DEDUP,
                    List.of("Mail"),
                    List.of("Mail", "Name"),
                    Set.of("Name"));
            host.run(destination, upsert, 2, new ArrayList<>(List.of(List.of("z@x.org", "Z"))));
            assertThat(system.rows()).hasSize(2);
        }
    }

    private static List<Object> row(Object... values) {
        return List.of(values);
    }
}
