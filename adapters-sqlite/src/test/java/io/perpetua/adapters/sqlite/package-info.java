@NullMarked
package io.perpetua.adapters.sqlite;

import org.jspecify.annotations.NullMarked;
