package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.activation.Sending.Wish;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.MirrorTarget.Gone;
import dev.sluice.spi.destination.TargetSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a system over HTTP that are kept equal to rows: what was sent and is gone is deleted, and nothing else. */
class MirrorTest {
    private static final Wish MIRROR =
            Wish.upsert("contacts", "email", "email", "name", "size").by(DestinationSyncMode.MIRROR);

    @TempDir
    Path memory;

    private final ObjectStore store = new ObjectStore();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Sending host;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Destination destination;

    @BeforeEach
    void open() {
        host = new Sending(memory);
        destination = host.open(ObjectStore.DEFINITION, store.config());
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
    }

    private static List<List<@Nullable Object>> people(int... numbers) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int number : numbers) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(number + "@x.org");
            row.add("A" + number);
            row.add(number);
            rows.add(row);
        }
        return rows;
    }

    @Test
    void isOfferedWhereObjectsCanBeWrittenAndDeletedByOneKey() {
        assertThat(destination.operations(null))
                .filteredOn(operation -> operation.method() == DestinationSyncMode.MIRROR)
                .singleElement()
                .satisfies(operation -> {
                    assertThat(operation.object()).isEqualTo("contacts");
                    assertThat(operation.matchingKeys()).containsExactly(List.of("email"));
                });
        assertThat(destination.traits().modes()).contains(DestinationSyncMode.MIRROR);
    }

    @Test
    void deletesWhatItHasSentAndMeetsNoMore() {
        host.run(destination, Wish.upsert("contacts", "email", "email", "name", "size"), 1, people(9));
        assertThat(host.mirror(destination, MIRROR, 2, true, people(1, 2, 3))).isEqualTo(new Gone(3, 0));

        assertThat(host.mirror(destination, MIRROR, 3, false, people(1, 4)))
                .as("told, and not deleted")
                .isEqualTo(new Gone(4, 2));
        assertThat(store.contacts()).hasSize(5);
        assertThat(host.mirror(destination, MIRROR, 4, true, people(1, 4))).isEqualTo(new Gone(4, 2));
        assertThat(host.removed()).isEqualTo(new MirrorTarget.Removed(2, 0, null));
        assertThat(store.contacts()).as("9 was never its own").containsOnlyKeys("1@x.org", "4@x.org", "9@x.org");

        assertThat(host.mirror(destination, MIRROR, 5, true, people(1, 2, 4))).isEqualTo(new Gone(3, 0));
        assertThat(store.contacts())
                .as("one that comes back just as it was is sent again")
                .containsKey("2@x.org");
    }

    @Test
    void doesNotTakeWhatIsGoneAlreadyForAFailure() {
        host.mirror(destination, MIRROR, 1, true, people(1, 2, 3));
        store.contacts().remove("2@x.org");

        host.mirror(destination, MIRROR, 2, true, people(1));

        assertThat(host.removed()).isEqualTo(new MirrorTarget.Removed(2, 0, null));
        assertThat(store.contacts()).containsOnlyKeys("1@x.org");
    }

    /** A read that broke off has written objects too; and what it has met is not taken for missing when it goes on. */
    @Test
    void knowsWhatABrokenReadHasWritten() {
        host.mirror(destination, MIRROR, 1, true, people(1, 2));
        TargetSpec spec = Sending.spec(destination, MIRROR, 2);
        try (MirrorTarget target = (MirrorTarget) destination.open(spec)) {
            host.write(target, spec, people(1, 2, 3));
        }
        try (MirrorTarget target = (MirrorTarget) destination.open(spec)) {
            assertThat(target.gone()).as("the same read goes on").isEqualTo(new Gone(3, 0));
        }

        assertThat(host.mirror(destination, MIRROR, 3, true, people(1))).isEqualTo(new Gone(3, 2));
        assertThat(store.contacts()).containsOnlyKeys("1@x.org");
    }

    @Test
    void isNotWipedByWhatIsRejected() {
        host.mirror(destination, MIRROR, 1, true, people(1, 2));
        List<List<@Nullable Object>> rows = people(1, 2);
        rows.get(1).set(1, "bad");

        assertThat(host.mirror(destination, MIRROR, 2, false, rows)).isEqualTo(new Gone(2, 1));
        assertThat(host.mirror(destination, MIRROR, 3, true, people(1, 2))).isEqualTo(new Gone(2, 0));
        assertThat(store.contacts()).hasSize(2);
    }
}
