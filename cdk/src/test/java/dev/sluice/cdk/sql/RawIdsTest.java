package dev.sluice.cdk.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Raw ids are UUIDs of version 7 that grow in the order of the rows. */
final class RawIdsTest {
    private static final long MILLIS = 1_767_323_045_678L;

    @Test
    void eachIsAUuidOfVersion7WithItsTime() {
        RawIds ids = new RawIds(MILLIS);
        for (int i = 0; i < 100_000; i++) {
            ids.next();
            UUID uuid = UUID.fromString(text(ids));
            assertThat(uuid).isEqualTo(new UUID(ids.high(), ids.low()));
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(MILLIS);
        }
    }

    @Test
    void theTextsGrowWithTheRows() {
        RawIds ids = new RawIds(MILLIS);
        String before = "";
        for (int i = 0; i < 10_000; i++) {
            ids.next();
            String text = text(ids);
            assertThat(text).isGreaterThan(before);
            before = text;
        }
    }

    @Test
    void sequencesBegunInOneMomentShareNoId() {
        Set<String> seen = new HashSet<>();
        for (int sequence = 0; sequence < 50; sequence++) {
            RawIds ids = new RawIds(MILLIS);
            for (int i = 0; i < 100; i++) {
                ids.next();
                assertThat(seen.add(text(ids))).isTrue();
            }
        }
    }

    private static String text(RawIds ids) {
        byte[] text = new byte[RawIds.TEXT_LENGTH];
        ids.writeText(text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
