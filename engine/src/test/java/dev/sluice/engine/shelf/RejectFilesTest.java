package dev.sluice.engine.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rejected records become files of the documented layout, each record is in one of them, and none is lost where a place fails. */
class RejectFilesTest {
    private static final Instant AT = Instant.parse("2026-11-27T10:00:00.123Z");
    private static final StreamId ORDERS = StreamId.of("shop", "orders");

    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, String> files = new TreeMap<>();
    private int failingFrom = Integer.MAX_VALUE;

    private record Waiting(RejectSupply.Part part, RejectSupply.Kept kept) {}

    private final RejectSupply supply = new RejectSupply() {
        @Override
        public Optional<Part> next() {
            return waiting.stream().map(Waiting::part).findFirst();
        }

        @Override
        public List<Kept> records(Part part, long after, int most) {
            return waiting.stream()
                    .filter(each -> each.part.equals(part) && each.kept.id() > after)
                    .limit(most)
                    .map(Waiting::kept)
                    .toList();
        }

        @Override
        public void shelved(Collection<Long> ids) {
            waiting.removeIf(each -> ids.contains(each.kept.id()));
        }
    };

    private final FileShelf shelf = new FileShelf() {
        @Override
        public String address() {
            return "s3://bad/prefix";
        }

        @Override
        public void put(String path, byte[] content) {
            if (files.size() >= failingFrom) {
                throw Problem.of("E_S3", ProblemKind.TRANSIENT, "the store is away")
                        .exception();
            }
            files.put(path, new String(content, StandardCharsets.UTF_8));
        }
    };

    private void add(String job, StreamId stream, long id, RejectedRecord record) {
        waiting.add(new Waiting(new RejectSupply.Part(job, stream), new RejectSupply.Kept(id, AT, record)));
    }

    private static RejectedRecord row(String row, String mapped) {
        return RejectedRecord.ofRow("id=1", "REFUSED", "it says \"no\"", bytes(row))
                .from("before the mappers")
                .mappedTo(bytes(mapped));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<RejectFiles.Shelved> put(RejectFormat format) {
        return new RejectFiles(supply, shelf, format).put();
    }

    @Test
    void namesFilesByJobNamespaceStreamDateTimeAndPart() {
        add("41", ORDERS, 7, row("{\"id\":1}", "{\"number\":1,\"note\":\"a,b\",\"none\":null,\"empty\":\"\"}"));
        add("41", StreamId.of("../up/a b"), 8, row("{\"id\":2}", "{\"number\":2}"));

        assertThat(put(RejectFormat.CSV)).contains(new RejectFiles.Shelved("s3://bad/prefix/41/", 2, 2));

        long time = AT.toEpochMilli();
        assertThat(files)
                .containsOnlyKeys(
                        "41/shop/orders/2026_11_27_" + time + "_7.csv", "41/.._up_a_b/2026_11_27_" + time + "_8.csv");
        assertThat(files.get("41/shop/orders/2026_11_27_" + time + "_7.csv")).isEqualTo("""
            number,note,none,empty,rejected_code,rejected_reason,rejected_field,rejected_place,rejected_at,rejected_id,rejected_record
            1,"a,b",,"",REFUSED,"it says ""no""\",,id=1,2026-11-27T10:00:00.123Z,7,"{""id"":1}"
            """);
        assertThat(put(RejectFormat.CSV)).as("each is told of once").isEmpty();
    }

    @Test
    void keepsTheKindsOfValuesInLinesOfJsonAndItsOwnNamesApart() {
        add(
                "41",
                ORDERS,
                7,
                row("{\"id\":1}", "{\"number\":1.50,\"rejected_code\":\"mine\"}")
                        .inField("number"));
        add("41", ORDERS, 8, new RejectedRecord("orders.csv:3", "BAD", "it is bad", new byte[] {(byte) 0xff}));

        put(RejectFormat.JSONL);

        assertThat(files.values()).singleElement().asString().isEqualTo("""
            {"number":1.50,"rejected_code":"mine","_rejected_code":"REFUSED","rejected_reason":"it says \\"no\\"","rejected_field":"number","rejected_place":"id=1","rejected_at":"2026-11-27T10:00:00.123Z","rejected_id":"7","rejected_record":"{\\"id\\":1}"}
            {"rejected_code":"BAD","rejected_reason":"it is bad","rejected_field":null,"rejected_place":"orders.csv:3","rejected_at":"2026-11-27T10:00:00.123Z","rejected_id":"8","rejected_record":"base64:/w=="}
            """);
    }

    @Test
    void beginsAFileWhereTheColumnsAreOthers() {
        add("41", ORDERS, 7, row("{}", "{\"a\":1}"));
        add("41", ORDERS, 8, row("{}", "{\"a\":2}"));
        add("41", ORDERS, 9, row("{}", "{\"a\":3,\"b\":4}"));

        assertThat(put(RejectFormat.CSV))
                .get()
                .extracting(RejectFiles.Shelved::files)
                .isEqualTo(2);
        assertThat(files.values()).extracting(text -> text.lines().count()).containsExactly(3L, 2L);
    }

    @Test
    void losesNothingWhereThePlaceFailsAndPutsTheRestTheNextTime() {
        add("41", ORDERS, 7, row("{}", "{\"a\":1}"));
        add("42", ORDERS, 8, row("{}", "{\"a\":2}"));
        failingFrom = 1;

        assertThatThrownBy(() -> put(RejectFormat.CSV)).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("E_REJECTS_NOT_STORED");
            assertThat(failure.problem().why()).isEqualTo("the store is away");
            assertThat(failure.problem().where()).isEqualTo("s3://bad/prefix");
        });
        assertThat(waiting).hasSize(1);

        failingFrom = Integer.MAX_VALUE;
        assertThat(put(RejectFormat.CSV)).contains(new RejectFiles.Shelved("s3://bad/prefix/42/", 1, 1));
        assertThat(files).hasSize(2);
    }
}
