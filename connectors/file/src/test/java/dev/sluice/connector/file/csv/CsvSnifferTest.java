package dev.sluice.connector.file.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvSnifferTest {
    @Test
    void findsTheDelimiter() {
        assertThat(dialect("a,b,c\n1,2,3\n").delimiter()).isEqualTo(',');
        assertThat(dialect("a;b;c\n1,5;2,5;3\n").delimiter()).isEqualTo(';');
        assertThat(dialect("1,5;2,5\n3,5;4,5\n").delimiter()).isEqualTo(';');
        assertThat(dialect("a\tb\nx, y\tz\n").delimiter()).isEqualTo('\t');
        assertThat(dialect("a|b\n1|2\n").delimiter()).isEqualTo('|');
        assertThat(dialect("name,tags\nx,\"a;b\"\ny,c\n").delimiter()).isEqualTo(',');
    }

    @Test
    void takesAFileForOneColumnWhereNoDelimiterIsRegular() {
        assertThat(dialect("Some words, and more\nno comma here\nnor here; really\na | b\n"))
                .isEqualTo(CsvDialect.RFC_4180);
        assertThat(head("name\nAda\nGrace\n").names()).containsExactly("name");
    }

    @Test
    void findsTheQuoting() {
        assertThat(dialect("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n").escape()).isEqualTo('"');
        assertThat(dialect("a,b\n\"x \\\" , y\",1\n\"\\\",\\\"\",2\n\"z \\\" , y\",3\n")
                        .escape())
                .isEqualTo('\\');
        assertThat(dialect("a,b\n'x,y',1\n'z,,y',2\n'q',3\n").quote()).isEqualTo('\'');
        assertThat(dialect("a,b\nit's,1\n'tis,2\n").quote()).isEqualTo('"');
    }

    @Test
    void findsTheEndOfLines() {
        assertThat(dialect("a,b\r1,2\r").newline()).isEqualTo('\r');
        assertThat(dialect("a,b\r\n1,2\r\n").newline()).isEqualTo('\n');
        assertThat(head("a,b\r\"x\ry\",2\r").names()).containsExactly("a", "b");
    }

    @Test
    void tellsAHeaderFromValues() {
        assertThat(hasHeader("id,name\n1,Ada\n2,Grace\n")).isTrue();
        assertThat(hasHeader("1,Ada\n2,Grace\n")).isFalse();
        assertThat(hasHeader("name,city\nAda,London\n")).isTrue();
        assertThat(hasHeader("2026-01-01,1.5\n2026-01-02,2\n")).isFalse();
        assertThat(hasHeader("t,a\nf,b\nt,c\n")).isFalse();
        assertThat(hasHeader("flag,a\nf,b\nt,c\n")).isTrue();
        assertThat(hasHeader(",x,x\n0,1.5,a\n1,2.5,b\n")).isTrue();
        assertThat(hasHeader("Ada,Ada\nGrace,Hopper\n")).isFalse();
        assertThat(hasHeader("a,b\n")).isTrue();
        assertThat(hasHeader("1,2\n")).isFalse();
        assertThat(hasHeader("")).isFalse();
    }

    @Test
    void doesWhatTheUserSays() {
        CsvOptions options = new CsvOptions(':', '\'', '\\', CsvOptions.Header.ABSENT, List.of(), 0, 1000);
        byte[] sample = bytes("a,b:c,d\n'x:y':z\n");
        CsvLayout layout = CsvSniffer.sniff(sample, 0, true, options);
        assertThat(layout).isEqualTo(new CsvLayout(new CsvDialect(':', '\'', '\\', '\n'), false));
        assertThat(CsvHead.read(sample, true, layout, options, "f").names()).containsExactly("column_1", "column_2");
        assertThat(CsvLayout.of(layout.toMap())).isEqualTo(layout);
        CsvLayout plain = new CsvLayout(new CsvDialect('\t', CsvDialect.NONE, CsvDialect.NONE, '\r'), true);
        assertThat(CsvLayout.of(plain.toMap())).isEqualTo(plain);
    }

    @Test
    void makesNamesUniqueAndGivesNamesToColumnsWithoutOne() {
        assertThat(head("a, a ,a_1,,a,\"b\nc\",\n1,2,3,4,5,6,7\n").names())
                .containsExactly("a", "a_2", "a_1", "column_4", "a_3", "b\nc", "column_7");
    }

    @Test
    void stepsOverByteOrderMarksAndSkippedLines() {
        byte[] sample = bytes("\uFEFFExport of today\n\nid,name\n1,x\n");
        CsvOptions options = new CsvOptions(null, null, null, CsvOptions.Header.FIND, List.of(), 2, 1000);
        CsvLayout layout = CsvSniffer.sniff(sample, CsvHead.firstLine(sample, options), true, options);
        CsvHead head = CsvHead.read(sample, true, layout, options, "f");
        assertThat(head.names()).containsExactly("id", "name");
        assertThat(head.dataLine()).isEqualTo(4);
        assertThat(new String(sample, head.dataOffset(), sample.length - head.dataOffset(), StandardCharsets.UTF_8))
                .isEqualTo("1,x\n");
    }

    @Test
    void saysWhenTheHeaderDoesNotEndWithinTheSample() {
        byte[] sample = bytes("\"a,b,c");
        assertThatThrownBy(() -> CsvHead.read(
                        sample, false, new CsvLayout(CsvDialect.RFC_4180, true), CsvOptions.DEFAULT, "f.csv"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_CSV_HEADER"));
    }

    @Test
    void leavesOutARecordThatTheSampleCutsOff() {
        byte[] sample = bytes("a,b\n1,2\n3");
        SampleRows rows = SampleRows.read(sample, 0, false, CsvDialect.RFC_4180);
        assertThat(rows.rows()).hasSize(2);
        assertThat(SampleRows.read(sample, 0, true, CsvDialect.RFC_4180).rows()).hasSize(3);
    }

    private static CsvDialect dialect(String text) {
        return CsvSniffer.sniff(bytes(text), 0, true, CsvOptions.DEFAULT).dialect();
    }

    private static boolean hasHeader(String text) {
        return CsvSniffer.sniff(bytes(text), 0, true, CsvOptions.DEFAULT).header();
    }

    private static CsvHead head(String text) {
        byte[] sample = bytes(text);
        return CsvHead.read(
                sample, true, CsvSniffer.sniff(sample, 0, true, CsvOptions.DEFAULT), CsvOptions.DEFAULT, "f.csv");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
