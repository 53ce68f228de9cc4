package dev.sluice.cdk.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SeenRowsTest {
    @Property
    void textComesBackAsTheSameRows(@ForAll long[] digests) {
        SeenRows seen = SeenRows.of(digests);
        SeenRows again = SeenRows.parse(seen.text());
        assertThat(again.size()).isEqualTo(digests.length);
        assertThat(again.text()).isEqualTo(seen.text());
        SeenRows.Filter filter = again.filter();
        for (long digest : digests) {
            assertThat(filter.takesOut(digest)).isTrue();
        }
        for (long digest : digests) {
            assertThat(filter.takesOut(digest)).isFalse();
        }
        assertThat(filter.matches()).isEqualTo(digests.length);
    }

    @Test
    void extremesAndRepeatsAreKept() {
        SeenRows seen = SeenRows.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, 0, -1, 1, Long.MAX_VALUE});
        SeenRows.Filter filter = SeenRows.parse(seen.text()).filter();
        assertThat(filter.takesOut(0)).isTrue();
        assertThat(filter.takesOut(0)).isTrue();
        assertThat(filter.takesOut(0)).isFalse();
        assertThat(filter.takesOut(Long.MIN_VALUE)).isTrue();
        assertThat(filter.takesOut(2)).isFalse();
        assertThat(seen.and(SeenRows.of(new long[] {2})).filter().takesOut(2)).isTrue();
    }

    @Test
    void manyRowsTakeNineCharactersEach() {
        long[] digests = new Random(1).longs(100_000).toArray();
        assertThat(SeenRows.of(digests).text().length()).isLessThan(100_000 * 10);
    }

    @Test
    void whatIsNoTextOfRowsIsRefused() {
        assertThatThrownBy(() -> SeenRows.parse("*")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SeenRows.parse("gA")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SeenRows.parse("gICAgICAgICAgICA")).isInstanceOf(IllegalArgumentException.class);
    }
}
