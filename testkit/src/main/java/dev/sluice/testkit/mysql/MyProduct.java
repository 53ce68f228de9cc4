package dev.sluice.testkit.mysql;

import java.util.Locale;

/** One of the two products that speak MySQL's protocol. */
public enum MyProduct {
    /** MariaDB. */
    MARIADB,
    /** MySQL itself. */
    MYSQL;

    private static final String PROPERTY = "sluice.mysql.product";

    /** The product that tests are run against which suit both: MariaDB, unless a property of the process names the other. */
    public static MyProduct underTest() {
        return valueOf(System.getProperty(PROPERTY, "mariadb").toUpperCase(Locale.ROOT));
    }

    /** The product as its users write it. */
    public String title() {
        return this == MARIADB ? "MariaDB" : "MySQL";
    }
}
