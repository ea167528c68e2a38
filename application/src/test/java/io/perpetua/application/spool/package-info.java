@NullMarked
package io.perpetua.application.spool;

import org.jspecify.annotations.NullMarked;
