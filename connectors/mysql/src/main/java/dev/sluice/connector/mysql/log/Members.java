package dev.sluice.connector.mysql.log;

import java.util.ArrayList;
import java.util.List;

/** Reads the values of an ENUM or SET from its type as the server spells it. */
final class Members {
    private Members() {}

    static List<String> of(String type) {
        List<String> members = new ArrayList<>();
        int at = type.indexOf('\'');
        while (at >= 0) {
            StringBuilder member = new StringBuilder();
            at++;
            while (at < type.length()) {
                char c = type.charAt(at);
                boolean another = at + 1 < type.length();
                if (c == '\'' && another && type.charAt(at + 1) == '\'') {
                    at++;
                } else if (c == '\'') {
                    break;
                } else if (c == '\\' && another) {
                    at++;
                    c = unescaped(type.charAt(at));
                }
                member.append(c);
                at++;
            }
            members.add(member.toString());
            at = type.indexOf('\'', at + 1);
        }
        return members;
    }

    private static char unescaped(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'Z' -> '\032';
            default -> c;
        };
    }
}
