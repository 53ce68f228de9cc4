package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.store.Listing;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreServer;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestWriteContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers of a store see, and what of it a run leaves behind. */
abstract class StoreTargetContract {
    private static final TargetSpec APPENDING = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND);

    private final StoreServer server;
    private final String bucket;
    private final ObjectStore store;
    private final Lake lake = new Lake();

    StoreTargetContract(StoreServer server) {
        this.server = server;
        this.bucket = server.newBucket();
        this.store = server.store(bucket);
    }

    @AfterEach
    void close() {
        lake.close();
        store.close();
    }

    private void at(String path) {
        Map<String, @Nullable Object> options = server.options(server.address(bucket) + path);
        options.forEach((name, value) -> lake.with(name, Objects.requireNonNull(value)));
        lake.with("format", "csv").with("metadata", "false");
    }

    private List<String> keys() {
        return Listing.all(store, "").stream().map(StoredObject::key).toList();
    }

    private List<String> seen() {
        return keys().stream().filter(key -> !key.contains(".sluice/")).toList();
    }

    private String text(String key) {
        return new String(store.read(key, 1 << 20).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void filesAppearWithTheirCommitAndNothingElseStays() {
        at("lake/");
        lake.append(Lake.batch(1, 2, "DE"), Lake.batch(3, 3, "FR"));
        assertThat(seen()).hasSize(2).allMatch(key -> key.startsWith("lake/orders/"));
        assertThat(seen().stream().map(this::text)).containsExactly("id,country\n1,DE\n2,DE\n", "id,country\n3,FR\n");
        lake.append(Lake.batch(4, 4, "IT"));
        assertThat(seen()).hasSize(3);
        assertThat(keys()).hasSize(4).contains("lake/.sluice/orders/_manifest.json");
    }

    @Test
    void anOverwriteLeavesTheNewFilesAndThoseOfOthers() {
        at("lake/");
        lake.overwrite(Lake.batch(1, 5, "DE"));
        store.put("lake/orders/of others.txt", new byte[] {'x'}, "");
        lake.overwrite(Lake.batch(7, 7, "FR"));
        assertThat(seen()).hasSize(2).contains("lake/orders/of others.txt");
        assertThat(text(seen().getFirst())).isEqualTo("id,country\n7,FR\n");
        assertThat(keys()).hasSize(3);
    }

    @Test
    void oneObjectIsWrittenAsAWhole() {
        at("out/orders.csv");
        lake.overwrite(Lake.batch(1, 2, "DE"), Lake.batch(3, 3, "FR"));
        assertThat(text("out/orders.csv")).isEqualTo("id,country\n1,DE\n2,DE\n3,FR\n");
        lake.overwrite();
        assertThat(text("out/orders.csv")).isEqualTo("id,country\n");
        assertThat(keys()).containsExactly("out/.sluice/orders.csv/_manifest.json", "out/orders.csv");
    }

    @Test
    void partsOfOneObjectThatAnotherProcessWroteAreFetched() {
        at("out/orders.csv");
        TargetSpec spec = lake.run(Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE));
        TestWriteContext context = new TestWriteContext();
        commit(spec, context, Lake.batch(1, 2, "DE"));
        try (Destination destination = lake.open();
                TargetRun run = TargetRun.open(destination, spec)) {
            try (Writer writer = run.target().writer(context)) {
                run.commit(writer, context, "second", null, Lake.batch(3, 3, "FR"));
            }
            run.target().publish(3, null);
        }
        assertThat(text("out/orders.csv")).isEqualTo("id,country\n1,DE\n2,DE\n3,FR\n");
    }

    private void commit(TargetSpec spec, TestWriteContext context, RecordBatch batch) {
        try (Destination destination = lake.open();
                TargetRun run = TargetRun.open(destination, spec);
                Writer writer = run.target().writer(context)) {
            run.commit(writer, context, "first", null, batch);
        }
    }

    @Test
    void whatACrashLeftBetweenManifestAndFilesIsMended() {
        at("lake/");
        TargetSpec spec = lake.run(APPENDING);
        TestWriteContext context = new TestWriteContext();
        commit(spec, context, Lake.batch(1, 2, "DE"));
        // As if it had been killed before the file was shown, and while it wrote another one.
        String file = seen().getFirst();
        store.copy(file, file.replace("lake/orders/", "lake/.sluice/orders/_tmp/"));
        store.delete(file);
        store.put("lake/.sluice/orders/_tmp/never committed.csv", new byte[] {'x'}, "");
        try (Destination destination = lake.open();
                TargetRun run = TargetRun.open(destination, spec)) {
            assertThat(seen()).hasSize(1);
            assertThat(destination.ledger(spec).orElseThrow().splits()).containsKey("first");
            run.target().publish(2, null);
        }
        assertThat(keys()).hasSize(2);
    }

    @Test
    void whoLostTheTargetCannotCommit() {
        at("lake/");
        TargetSpec spec = lake.run(APPENDING);
        TestWriteContext context = new TestWriteContext();
        try (Destination destination = lake.open();
                TargetRun run = TargetRun.open(destination, spec);
                Writer writer = run.target().writer(context)) {
            store.delete("lake/.sluice/orders/_lock");
            lake.append(Lake.batch(9, 9, "IT"));
            assertThatThrownBy(() -> run.commit(writer, context, "first", null, Lake.batch(1, 2, "DE")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.problem().code()).isEqualTo("E_FENCED"));
        }
        assertThat(seen()).hasSize(1);
    }

    @Test
    void theCheckWritesOnConditionsAndLeavesNothing() {
        at("lake/");
        try (Destination destination = lake.open()) {
            assertThat(destination.check().steps())
                    .hasSize(2)
                    .allSatisfy(step -> assertThat(step.problem()).isNull());
        }
        assertThat(keys()).isEmpty();
    }
}
