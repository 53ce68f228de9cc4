@NullMarked
package dev.sluice.connector.mysql.log;

import org.jspecify.annotations.NullMarked;
