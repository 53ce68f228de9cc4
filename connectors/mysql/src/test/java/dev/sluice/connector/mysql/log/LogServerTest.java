package dev.sluice.connector.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hinders the reading of a server's log is said with what mends it; places and columns are compared as they are. */
final class LogServerTest {
    private static List<String> problems(boolean isReplica, Map<String, String> settings) {
        return new LogServer(false, "one", settings, isReplica)
                .problems("here").stream().map(Object::toString).toList();
    }

    @Test
    void eachThingThatLacksIsNamedWithItsRemedy() {
        Map<String, String> right = Map.of("log_bin", "on", "binlog_format", "row", "binlog_row_image", "full");
        assertThat(problems(true, right)).isEmpty();
        assertThat(problems(false, Map.of("log_bin", "off")))
                .singleElement()
                .asString()
                .contains("log_bin");
        assertThat(problems(
                        true,
                        Map.of(
                                "log_bin",
                                "on",
                                "binlog_format",
                                "mixed",
                                "binlog_row_image",
                                "noblob",
                                "binlog_row_value_options",
                                "partial_json",
                                "log_replica_updates",
                                "off")))
                .hasSize(4)
                .anyMatch(text -> text.contains("SET GLOBAL binlog_format = 'ROW'"))
                .anyMatch(text -> text.contains("SET GLOBAL binlog_row_image = 'FULL'"))
                .anyMatch(text -> text.contains("SET GLOBAL binlog_row_value_options = ''"))
                .anyMatch(text -> text.contains("log_replica_updates"));
    }

    @Test
    void placesAreInOrder() {
        LogPlace ninth = LogPlace.parse("binlog.000009:700");
        assertThat(ninth.text()).isEqualTo("binlog.000009:700");
        assertThat(ninth.isBefore(new LogPlace("binlog.000010", 4))).isTrue();
        assertThat(new LogPlace("binlog.999999", 9).isBefore(new LogPlace("binlog.1000000", 4)))
                .isTrue();
        RowPlace place = RowPlace.parse("a.b.000001:4294967300:12");
        assertThat(place.text()).isEqualTo("a.b.000001:4294967300:12");
        assertThat(new RowPlace(place.event(), 13).isAfter(place)).isTrue();
        assertThat(place.isAfter(place)).isFalse();
        for (String wrong :
                List.of("binlog:4", "../x.000001/:4", "binlog.000001:-1", "binlog.000001", "binlog.000001:x")) {
            assertThatThrownBy(() -> LogPlace.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static LogShape.Column column(String type, @Nullable String charset) {
        return new LogShape.Column("c", type, charset, false);
    }

    @Test
    void aColumnMayBecomeWiderAndNothingElse() {
        assertThat(column("varchar(9)", "latin1").isLike(column("varchar(10)", "utf8mb4")))
                .isTrue();
        assertThat(column("varchar(9)", "utf8mb4").isLike(column("text", "utf8mb4")))
                .isTrue();
        assertThat(column("enum('a','b')", "utf8mb4").isLike(column("enum('a','b','c')", "utf8mb4")))
                .isTrue();
        assertThat(column("varchar(10)", "utf8mb4").isLike(column("varchar(9)", "utf8mb4")))
                .isFalse();
        assertThat(column("varchar(9)", "utf8mb4").isLike(column("varchar(9)", "latin1")))
                .isFalse();
        assertThat(column("varchar(9)", "gbk").isLike(column("varchar(9)", "utf8mb4")))
                .isFalse();
        assertThat(column("enum('a','b')", "utf8mb4").isLike(column("enum('b','a')", "utf8mb4")))
                .isFalse();
        assertThat(column("int(11)", null).isLike(column("bigint(20)", null))).isFalse();
        assertThat(column("int(10) unsigned", null).isLike(column("int(10)", null)))
                .isFalse();
    }

    @Test
    void valuesOfAnEnumAreReadAsTheServerSpellsThem() {
        assertThat(Members.of("enum('a','b''c','','d\\\\e','x,y)')")).containsExactly("a", "b'c", "", "d\\e", "x,y)");
        assertThat(Members.of("int(3)")).isEmpty();
    }
}
