package dev.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Look PLAIN = new Look(false, true, Look.PROGRAM);

    @Test
    void alignsTextAndNumbers() {
        assertThat(render(table(), 80))
                .containsExactly(
                        "stream    rows  note",
                        "──────────────────────",
                        "a            1  first",
                        "longer  12,345  second",
                        "──────────────────────",
                        "total   12,346");
    }

    @Test
    void leavesOutWhatMattersLeastWhereItIsNarrow() {
        assertThat(render(table(), 16)).first().isEqualTo("stream    rows");
    }

    @Test
    void cutsNamesAtLast() {
        Table table = new Table(Table.Column.text("stream"), Table.Column.number("rows"));
        table.add(List.of(Line.of("a_very_long_name_of_a_table"), Line.of("1")));
        assertThat(render(table, 16).get(2)).isEqualTo("a_very_lo…     1");
    }

    @Test
    void cutsAtCellsAndNotInTheMiddleOfAWideSign() {
        assertThat(Line.of("東京都").cut(4, "…").render(PLAIN, new Redactor())).isEqualTo("東…");
    }

    private static Table table() {
        Table table = new Table(
                Table.Column.text("stream"),
                Table.Column.number("rows"),
                Table.Column.text("note").optional(1));
        table.add(List.of(Line.of("a"), Line.of("1"), Line.of("first")));
        table.add(List.of(Line.of("longer"), Line.of("12,345"), Line.of("second")));
        table.addTotal(List.of(Line.of("total"), Line.of("12,346"), Line.empty()));
        return table;
    }

    private static List<String> render(Table table, int width) {
        return table.lines(PLAIN, width).stream()
                .map(line -> line.render(PLAIN, new Redactor()).stripTrailing())
                .toList();
    }
}
