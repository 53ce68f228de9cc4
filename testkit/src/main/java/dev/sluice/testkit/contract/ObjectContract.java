package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.BatchMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a database keeps that is written into as it is (data activation): its constraints decide, each refused row is rejected alone
 * while all others arrive, nothing that was not mapped is touched, and rows and marker stand or fall together.
 */
public abstract class ObjectContract {
    private static final Field EMAIL = text("email");
    private static final Field NAME = text("full_name");
    private static final Field SCORE = new Field("score", new DataType.IntType(64));
    private static final Field TIER = text("tier");
    private static final Field PHONE = text("phone");
    private static final Field OWNER = text("owner");
    private static final Field SEEN = new Field("seen", new DataType.TimestampType(6, false));
    private static final Schema CONTACT = Schema.of(EMAIL, NAME, SCORE);
    private static final Position END = new Position("identity", "{\"at\":1}");
    private static final Owner CONNECTION = new Owner("7d1c1c0e-6c0b-4b39-9a53-0d9c6f1f2a11", "contract", false);

    private final TestContext context = new TestContext();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ObjectFixture place;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Destination destination;

    /** A new place. */
    protected abstract ObjectFixture fixture();

    @BeforeEach
    final void openPlace() {
        place = fixture();
        destination = place.open(context);
    }

    @AfterEach
    final void closePlace() {
        destination.close();
        place.close();
    }

    private static Field text(String name) {
        return new Field(name, new DataType.TextType());
    }

    private TargetSpec spec(DestinationSyncMode method, Schema schema, Set<String> kept) {
        List<FieldPath> key = method == DestinationSyncMode.APPEND ? List.of() : List.of(FieldPath.of("email"));
        return new TargetSpec(
                CONNECTION,
                StreamId.of("source", "people"),
                new TargetName(null, "people"),
                schema,
                new WriteMode(method, key, null),
                new Generation(1, 0, 1),
                new ObjectWrite(place.object(), kept));
    }

    /** What came of a run of one commit. */
    private record Outcome(long written, long unchanged, List<RejectedRecord> rejects) {
        List<String> reasons() {
            return rejects.stream().map(RejectedRecord::code).toList();
        }
    }

    private Outcome send(DestinationSyncMode method, RecordBatch... batches) {
        return send(spec(method, batches[0].schema(), Set.of()), batches);
    }

    private Outcome send(TargetSpec spec, RecordBatch... batches) {
        TestWriteContext told = new TestWriteContext();
        try (TargetRun run = TargetRun.open(destination, spec)) {
            Committable done;
            try (Writer writer = run.target().writer(told)) {
                done = run.commit(writer, told, "only", null, batches);
            }
            run.publish(END);
            return new Outcome(done.rows() - done.unchanged(), done.unchanged(), told.rejects());
        }
    }

    private static BatchMaker contacts() {
        return BatchMaker.of(CONTACT);
    }

    private List<List<@Nullable String>> stored(String columns) {
        return place.query("SELECT " + columns + " FROM " + place.table() + " ORDER BY email");
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        List<@Nullable String> row = new ArrayList<>();
        for (String value : values) {
            row.add(value);
        }
        return row;
    }

    @Test
    void whatTheTableTakesIsTold() {
        List<ObjectOperation> operations = destination.operations(place.object());
        assertThat(operations)
                .extracting(ObjectOperation::method)
                .containsExactlyInAnyOrder(
                        DestinationSyncMode.APPEND,
                        DestinationSyncMode.APPEND_DEDUP,
                        DestinationSyncMode.MIRROR,
                        DestinationSyncMode.UPDATE,
                        DestinationSyncMode.SOFT_DELETE,
                        DestinationSyncMode.DELETE);
        ObjectOperation insert = operations.stream()
                .filter(each -> each.method() == DestinationSyncMode.APPEND)
                .findFirst()
                .orElseThrow();
        assertThat(insert.names()).contains("email", "full_name", "score", "tier", "phone", "owner", "origin", "seen");
        assertThat(insert.fields().stream().filter(ObjectField::required).map(ObjectField::name))
                .as("what has no default and may not be null")
                .containsExactlyInAnyOrder("email", "full_name");
        assertThat(insert.find("score").orElseThrow().field().type()).isEqualTo(new DataType.IntType(64));
        assertThat(operations.getLast().matchingKeys()).contains(List.of("email"));
        assertThat(destination.operations(null))
                .extracting(ObjectOperation::object)
                .contains(place.object());
        assertThat(destination.operations(place.object() + "_not_there")).isEmpty();
    }

    @Test
    void eachRowThatIsRefusedIsRejectedAlone() {
        place.execute("INSERT INTO " + place.table() + " (email, full_name) VALUES ('there@x.org', 'By hand')");
        Schema schema = Schema.of(EMAIL, NAME, SCORE, TIER, OWNER);
        BatchMaker people = BatchMaker.of(schema);
        for (int i = 0; i < 300; i++) {
            people.row("p" + i + "@x.org", "Person " + i, i, "gold", null);
        }
        people.row("there@x.org", "Twice", 1, "gold", null)
                .row("long@x.org", "A name of more than twenty", 1, "gold", null)
                .row("much@x.org", "Too much", 2000, "gold", null)
                .row("nobody@x.org", "Owned by nobody", 1, "gold", "nobody");

        Outcome outcome = send(DestinationSyncMode.APPEND, people.build());

        assertThat(outcome.written()).isEqualTo(300);
        assertThat(outcome.reasons()).hasSize(4).containsOnly("REFUSED");
        assertThat(outcome.rejects())
                .as("the system's own words")
                .allMatch(reject -> !reject.reason().isBlank());
        assertThat(place.query("SELECT count(*) FROM " + place.table())).containsExactly(row("301"));
        assertThat(place.query("SELECT origin FROM " + place.table() + " WHERE email = 'p7@x.org'"))
                .as("defaults are the table's own")
                .containsExactly(row("hand"));
    }

    @Test
    void rowsAreInsertedOrUpdatedAndTheRestIsLeftAlone() {
        place.execute("INSERT INTO " + place.table()
                + " (email, full_name, score, phone, origin) VALUES ('a@x.org', 'By hand', 1, '+41', 'shop'),"
                + " ('own@x.org', 'Not ours', 5, '+44', 'shop')");

        RecordBatch people =
                contacts().row("a@x.org", "Ada", 1).row("b@x.org", "Bob", null).build();
        assertThat(send(DestinationSyncMode.APPEND_DEDUP, people).written()).isEqualTo(2);
        assertThat(stored("email, full_name, score, phone, origin"))
                .containsExactly(
                        row("a@x.org", "Ada", "1", "+41", "shop"),
                        row("b@x.org", "Bob", null, null, "hand"),
                        row("own@x.org", "Not ours", "5", "+44", "shop"));

        Outcome again = send(DestinationSyncMode.APPEND_DEDUP, people);
        assertThat(again.unchanged()).as("nulls are the same").isEqualTo(2);
        assertThat(again.written()).isZero();
    }

    @Test
    void aValueThatOnlyLooksTheSameIsWritten() {
        send(
                DestinationSyncMode.APPEND_DEDUP,
                contacts().row("a@x.org", "ada", 1).row("b@x.org", "Bob", 1).build());

        Outcome outcome = send(
                DestinationSyncMode.APPEND_DEDUP,
                contacts().row("a@x.org", "Ada", 1).row("b@x.org", "Bob ", 1).build());

        assertThat(outcome.written()).isEqualTo(2);
        assertThat(stored("full_name")).containsExactly(row("Ada"), row("Bob "));
    }

    @Test
    void ofSeveralRowsWithOneKeyTheLastOneWins() {
        String other = place.foldsCase() ? "A@x.org" : "a@x.org";
        Outcome outcome = send(
                DestinationSyncMode.APPEND_DEDUP,
                contacts()
                        .row("a@x.org", "First", 1)
                        .row("b@x.org", "Bob", 1)
                        .row(other, "Second", 2)
                        .build(),
                contacts().row("a@x.org", "Third", 3).build());

        assertThat(outcome.rejects()).isEmpty();
        assertThat(stored("full_name, score")).containsExactly(row("Third", "3"), row("Bob", "1"));
    }

    @Test
    void onlyRowsThatAreThereAreUpdated() {
        place.execute("INSERT INTO " + place.table() + " (email, full_name, score) VALUES ('a@x.org', 'Ada', 1),"
                + " ('b@x.org', 'Bob', 1), ('c@x.org', 'Cy', 1)");

        Outcome outcome = send(
                DestinationSyncMode.UPDATE,
                contacts()
                        .row("a@x.org", "Ada", 2)
                        .row("nobody@x.org", "Nobody", 1)
                        .row("b@x.org", "Bob", 1)
                        .row("c@x.org", "Cy", 5000)
                        .build());

        assertThat(outcome.written()).isEqualTo(1);
        assertThat(outcome.unchanged()).isEqualTo(1);
        assertThat(outcome.reasons()).containsExactlyInAnyOrder("NOT_FOUND", "REFUSED");
        assertThat(stored("score")).containsExactly(row("2"), row("1"), row("1"));
    }

    @Test
    void rowsAreDeletedByTheirKeyAndThoseThatAreGoneAreNoFailure() {
        place.execute(
                "INSERT INTO " + place.table() + " (email, full_name) VALUES ('a@x.org', 'Ada'), ('b@x.org', 'Bob')");

        Outcome outcome = send(
                DestinationSyncMode.DELETE,
                BatchMaker.of(Schema.of(EMAIL)).row("a@x.org").row("gone@x.org").build());

        assertThat(outcome.written()).isEqualTo(1);
        assertThat(outcome.unchanged()).isEqualTo(1);
        assertThat(stored("email")).containsExactly(row("b@x.org"));
    }

    @Test
    void whatIsMarkedAsDeletedGetsItsFieldsAndWhatIsNotThereIsNoFailure() {
        place.execute("INSERT INTO " + place.table() + " (email, full_name, phone) VALUES ('a@x.org', 'Ada', '+41'),"
                + " ('b@x.org', 'Bob', '+44')");

        Outcome outcome = send(
                DestinationSyncMode.SOFT_DELETE,
                BatchMaker.of(Schema.of(EMAIL, PHONE))
                        .row("a@x.org", "deleted")
                        .row("gone@x.org", "deleted")
                        .build());

        assertThat(outcome.rejects()).isEmpty();
        assertThat(outcome.written()).isEqualTo(1);
        assertThat(outcome.unchanged()).isEqualTo(1);
        assertThat(stored("full_name, phone")).containsExactly(row("Ada", "deleted"), row("Bob", "+44"));
    }

    /** What came of a whole read of a mirror, in which nothing was removed before somebody wants it. */
    private MirrorTarget.Gone mirror(long generation, boolean removes, RecordBatch... batches) {
        TestWriteContext told = new TestWriteContext();
        TargetSpec spec = spec(DestinationSyncMode.MIRROR, CONTACT, Set.of())
                .withGeneration(new Generation(generation, 0, generation));
        try (TargetRun run = TargetRun.open(destination, spec)) {
            try (Writer writer = run.target().writer(told)) {
                run.commit(writer, told, "only", null, batches);
            }
            MirrorTarget target = (MirrorTarget) run.target();
            MirrorTarget.Gone gone = target.gone();
            if (removes) {
                MirrorTarget.Removed removed = target.removeGone();
                assertThat(removed.removed() + removed.refused()).isEqualTo(gone.missing());
                assertThat(target.removeGone().removed())
                        .as("once more, as after a crash")
                        .isZero();
            }
            run.publish(END);
            return gone;
        }
    }

    @Test
    void aMirrorRemovesWhatItHasWrittenAndMeetsNoMoreAndNothingOfOthers() {
        place.execute("INSERT INTO " + place.table() + " (email, full_name) VALUES ('own@x.org', 'Not ours')");
        RecordBatch three = contacts()
                .row("a@x.org", "Ada", 1)
                .row("b@x.org", "Bob", 2)
                .row("c@x.org", "Cy", 3)
                .build();
        assertThat(mirror(1, true, three)).isEqualTo(new MirrorTarget.Gone(3, 0));

        RecordBatch changed =
                contacts().row("a@x.org", "Ada", 9).row("d@x.org", "Di", 4).build();
        assertThat(mirror(2, false, changed)).as("told, and not removed").isEqualTo(new MirrorTarget.Gone(4, 2));
        assertThat(stored("email")).hasSize(5);

        assertThat(mirror(3, true, changed)).isEqualTo(new MirrorTarget.Gone(4, 2));
        assertThat(stored("email, score"))
                .containsExactly(row("a@x.org", "9"), row("d@x.org", "4"), row("own@x.org", null));

        place.execute("INSERT INTO " + place.table() + " (email, full_name) VALUES ('c@x.org', 'Came back by hand')");
        assertThat(mirror(4, true, changed)).isEqualTo(new MirrorTarget.Gone(2, 0));
        assertThat(stored("email")).as("that is nobody's of ours any more").hasSize(4);
    }

    @Test
    void aMirrorKeepsWhatIsNotLetGoOfAndRemovesTheRest() {
        RecordBatch five = contacts()
                .row("a@x.org", "Ada", 1)
                .row("b@x.org", "Bob", 2)
                .row("c@x.org", "Cy", 3)
                .row("d@x.org", "Di", 4)
                .row("e@x.org", "Eve", 5)
                .build();
        mirror(1, true, five);
        String holds = place.table().replace("contacts", "holds");
        place.execute(
                "CREATE TABLE " + holds + " (email varchar(100) NOT NULL, FOREIGN KEY (email) REFERENCES "
                        + place.table() + " (email))" + place.tableOptions(),
                "INSERT INTO " + holds + " VALUES ('c@x.org')");

        assertThat(mirror(2, true, contacts().row("a@x.org", "Ada", 1).build())).isEqualTo(new MirrorTarget.Gone(5, 4));
        assertThat(stored("email")).containsExactly(row("a@x.org"), row("c@x.org"));
        assertThat(mirror(3, false, contacts().row("a@x.org", "Ada", 1).build()))
                .as("it is tried again")
                .isEqualTo(new MirrorTarget.Gone(2, 1));
    }

    @Test
    void aNullClearsOrKeepsAsTheMappingSays() {
        place.execute("INSERT INTO " + place.table()
                + " (email, full_name, score, phone) VALUES ('a@x.org', 'Ada', 1, '+41')");
        Schema schema = Schema.of(EMAIL, NAME, SCORE, PHONE);
        RecordBatch nulls =
                BatchMaker.of(schema).row("a@x.org", "Ada", null, null).build();

        send(spec(DestinationSyncMode.APPEND_DEDUP, schema, Set.of("phone")), nulls);

        assertThat(stored("score, phone")).containsExactly(row(null, "+41"));
    }

    @Test
    void aTimeThatTheColumnRoundsIsUnchangedTheNextTime() {
        RecordBatch seen = BatchMaker.of(Schema.of(EMAIL, NAME, SEEN))
                .row("a@x.org", "Ada", "2026-03-01T10:20:30.25")
                .build();
        send(DestinationSyncMode.APPEND_DEDUP, seen);

        assertThat(send(DestinationSyncMode.APPEND_DEDUP, seen).unchanged()).isEqualTo(1);
    }

    /** I7: what the table let fall without a word is no row that was written. */
    @Test
    void aRowThatTheTableLetsFallIsRejected() {
        String statement = place.letsFall();
        assumeTrue(statement != null, "the database says what it does not take");
        place.execute(String.valueOf(statement));

        Outcome outcome = send(
                DestinationSyncMode.APPEND_DEDUP,
                contacts()
                        .row("a@x.org", "Ada", 1)
                        .row("b@x.org", "Bob", 777)
                        .row("c@x.org", "Cy", 3)
                        .build());

        assertThat(outcome.written()).isEqualTo(2);
        assertThat(outcome.reasons()).containsExactly("REFUSED");
        assertThat(stored("email")).containsExactly(row("a@x.org"), row("c@x.org"));
    }

    /** I2: what was not committed is not there, and what was committed is known. */
    @Test
    void rowsAndMarkerStandOrFallTogether() {
        TargetSpec spec = spec(DestinationSyncMode.APPEND, CONTACT, Set.of());
        RecordBatch first = contacts().row("a@x.org", "Ada", 1).build();
        RecordBatch second = contacts().row("b@x.org", "Bob", 2).build();
        TestWriteContext told = new TestWriteContext();
        try (TargetRun run = TargetRun.open(destination, spec);
                Writer writer = run.target().writer(told)) {
            run.commit(writer, told, "only", "1", first);
            run.prepare(writer, told, "only", null, second);
        }
        assertThat(stored("email")).containsExactly(row("a@x.org"));
        var ledger = destination.ledger(spec).orElseThrow();
        assertThat(ledger.published()).isFalse();
        assertThat(ledger.splits().values()).extracting(split -> split.rows()).containsExactly(1L);

        try (TargetRun run = TargetRun.goOn(destination, spec, ledger.splits())) {
            run.split("only", second).publish(END);
        }
        assertThat(stored("email")).containsExactly(row("a@x.org"), row("b@x.org"));
        assertThatThrownBy(() -> destination.open(new TargetSpec(
                        new Owner("0c0e1c0e-6c0b-4b39-9a53-0d9c6f1f2a11", CONNECTION.connectionName(), false),
                        spec.stream(),
                        spec.name(),
                        spec.schema(),
                        spec.mode(),
                        spec.generation(),
                        spec.object())))
                .as("another identity of the same name would insert all rows once more")
                .hasMessageContaining("E_OBJECT_INSERTED");
    }
}
