// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// GMP names its functions by macros, which Swift does not import, and MPFR inlines some
// accessors as macros too: each one used gets an inline function of the documented name.

#ifndef UPSILON_CMPFR_SHIM_H
#define UPSILON_CMPFR_SHIM_H

#include <stdint.h>
#include <gmp.h>
#include <mpfr.h>

#if defined(__cplusplus)
#error "CMPFR is a C module"
#endif

#define UPSILON_INLINE static inline __attribute__((always_inline))

/// The version of GMP that the program runs with.
UPSILON_INLINE const char *upsilon_gmp_version(void) { return gmp_version; }

// mpz_t

#undef mpz_init
UPSILON_INLINE void mpz_init(mpz_ptr x) { __gmpz_init(x); }
#undef mpz_init_set
UPSILON_INLINE void mpz_init_set(mpz_ptr x, mpz_srcptr y) { __gmpz_init_set(x, y); }
#undef mpz_clear
UPSILON_INLINE void mpz_clear(mpz_ptr x) { __gmpz_clear(x); }
#undef mpz_set_si
UPSILON_INLINE void mpz_set_si(mpz_ptr x, long y) { __gmpz_set_si(x, y); }
#undef mpz_add
UPSILON_INLINE void mpz_add(mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_add(r, x, y); }
#undef mpz_sub
UPSILON_INLINE void mpz_sub(mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_sub(r, x, y); }
#undef mpz_mul
UPSILON_INLINE void mpz_mul(mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_mul(r, x, y); }
#undef mpz_mul_si
UPSILON_INLINE void mpz_mul_si(mpz_ptr r, mpz_srcptr x, long y) { __gmpz_mul_si(r, x, y); }
#undef mpz_addmul
UPSILON_INLINE void mpz_addmul(mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_addmul(r, x, y); }
#undef mpz_mul_2exp
UPSILON_INLINE void mpz_mul_2exp(mpz_ptr r, mpz_srcptr x, mp_bitcnt_t n) { __gmpz_mul_2exp(r, x, n); }
#undef mpz_neg
UPSILON_INLINE void mpz_neg(mpz_ptr r, mpz_srcptr x) { __gmpz_neg(r, x); }
#undef mpz_fdiv_qr
UPSILON_INLINE void mpz_fdiv_qr(mpz_ptr q, mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_fdiv_qr(q, r, x, y); }
#undef mpz_divexact
UPSILON_INLINE void mpz_divexact(mpz_ptr q, mpz_srcptr x, mpz_srcptr y) { __gmpz_divexact(q, x, y); }
#undef mpz_divexact_ui
UPSILON_INLINE void mpz_divexact_ui(mpz_ptr q, mpz_srcptr x, unsigned long y) { __gmpz_divexact_ui(q, x, y); }
#undef mpz_remove
UPSILON_INLINE mp_bitcnt_t mpz_remove(mpz_ptr r, mpz_srcptr x, mpz_srcptr f) { return __gmpz_remove(r, x, f); }
#undef mpz_gcd
UPSILON_INLINE void mpz_gcd(mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_gcd(r, x, y); }
#undef mpz_lcm
UPSILON_INLINE void mpz_lcm(mpz_ptr r, mpz_srcptr x, mpz_srcptr y) { __gmpz_lcm(r, x, y); }
#undef mpz_pow_ui
UPSILON_INLINE void mpz_pow_ui(mpz_ptr r, mpz_srcptr x, unsigned long n) { __gmpz_pow_ui(r, x, n); }
#undef mpz_bin_uiui
UPSILON_INLINE void mpz_bin_uiui(mpz_ptr r, unsigned long n, unsigned long k) { __gmpz_bin_uiui(r, n, k); }
#undef mpz_fac_ui
UPSILON_INLINE void mpz_fac_ui(mpz_ptr r, unsigned long n) { __gmpz_fac_ui(r, n); }
#undef mpz_cmp
UPSILON_INLINE int mpz_cmp(mpz_srcptr x, mpz_srcptr y) { return __gmpz_cmp(x, y); }
#undef mpz_sgn
UPSILON_INLINE int mpz_sgn(mpz_srcptr x) { return x->_mp_size < 0 ? -1 : x->_mp_size > 0; }
#undef mpz_odd_p
UPSILON_INLINE int mpz_odd_p(mpz_srcptr x) { return x->_mp_size != 0 && (x->_mp_d[0] & 1); }
#undef mpz_fits_slong_p
UPSILON_INLINE int mpz_fits_slong_p(mpz_srcptr x) { return __gmpz_fits_slong_p(x); }
#undef mpz_get_si
UPSILON_INLINE long mpz_get_si(mpz_srcptr x) { return __gmpz_get_si(x); }
#undef mpz_get_d_2exp
UPSILON_INLINE double mpz_get_d_2exp(long *e, mpz_srcptr x) { return __gmpz_get_d_2exp(e, x); }
#undef mpz_sizeinbase
UPSILON_INLINE size_t mpz_sizeinbase(mpz_srcptr x, int base) { return __gmpz_sizeinbase(x, base); }
#undef mpz_get_str
UPSILON_INLINE char *mpz_get_str(char *s, int base, mpz_srcptr x) { return __gmpz_get_str(s, base, x); }
#undef mpz_tstbit
UPSILON_INLINE int mpz_tstbit(mpz_srcptr x, mp_bitcnt_t n) { return __gmpz_tstbit(x, n); }

// mpq_t

#undef mpq_init
UPSILON_INLINE void mpq_init(mpq_ptr x) { __gmpq_init(x); }
#undef mpq_clear
UPSILON_INLINE void mpq_clear(mpq_ptr x) { __gmpq_clear(x); }
#undef mpq_set_num
UPSILON_INLINE void mpq_set_num(mpq_ptr x, mpz_srcptr y) { __gmpq_set_num(x, y); }
#undef mpq_set_den
UPSILON_INLINE void mpq_set_den(mpq_ptr x, mpz_srcptr y) { __gmpq_set_den(x, y); }
#undef mpq_get_num
UPSILON_INLINE void mpq_get_num(mpz_ptr x, mpq_srcptr y) { __gmpq_get_num(x, y); }
#undef mpq_get_den
UPSILON_INLINE void mpq_get_den(mpz_ptr x, mpq_srcptr y) { __gmpq_get_den(x, y); }
#undef mpq_canonicalize
UPSILON_INLINE void mpq_canonicalize(mpq_ptr x) { __gmpq_canonicalize(x); }
#undef mpq_add
UPSILON_INLINE void mpq_add(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { __gmpq_add(r, x, y); }
#undef mpq_sub
UPSILON_INLINE void mpq_sub(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { __gmpq_sub(r, x, y); }
#undef mpq_mul
UPSILON_INLINE void mpq_mul(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { __gmpq_mul(r, x, y); }
#undef mpq_div
UPSILON_INLINE void mpq_div(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { __gmpq_div(r, x, y); }
#undef mpq_neg
UPSILON_INLINE void mpq_neg(mpq_ptr r, mpq_srcptr x) { __gmpq_neg(r, x); }
#undef mpq_cmp
UPSILON_INLINE int mpq_cmp(mpq_srcptr x, mpq_srcptr y) { return __gmpq_cmp(x, y); }
#undef mpq_equal
UPSILON_INLINE int mpq_equal(mpq_srcptr x, mpq_srcptr y) { return __gmpq_equal(x, y); }
#undef mpq_sgn
UPSILON_INLINE int mpq_sgn(mpq_srcptr x) { return x->_mp_num._mp_size < 0 ? -1 : x->_mp_num._mp_size > 0; }

/// Releases memory that GMP handed out (strings of mpz_get_str).
UPSILON_INLINE void upsilon_gmp_free(void *p, size_t size) {
  void (*release)(void *, size_t);
  mp_get_memory_functions(0, 0, &release);
  release(p, size);
}

#endif
