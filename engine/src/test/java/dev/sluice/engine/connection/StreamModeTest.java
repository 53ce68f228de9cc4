package dev.sluice.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamModeTest {
    @Test
    void understandsWhatItPrints() {
        assertThat(StreamMode.values())
                .allSatisfy(mode -> assertThat(StreamMode.of(mode.key())).hasValue(mode));
    }

    @Test
    void understandsTheNamesOfOthers() {
        for (String name : List.of("incremental_deduped_history", "incremental_dedup", "incremental_deduped")) {
            assertThat(StreamMode.of(name)).as(name).hasValue(StreamMode.INCREMENTAL_APPEND_DEDUPED);
        }
        assertThat(StreamMode.of("full_refresh_overwrite_dedup")).hasValue(StreamMode.FULL_REFRESH_OVERWRITE_DEDUPED);
        assertThat(StreamMode.of("incremental")).isEmpty();
    }
}
